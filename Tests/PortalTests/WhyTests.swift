import Foundation
import Testing
import WebUI

/// What `haidang why` says of problems and of silences, word for word, and which of it one altered input alters.
///
/// The files under Golden are made anew by WHY_RECORD=1, and by nothing else.
@Suite struct WhyTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Golden")

    @Test(arguments: WhyScenario.all) func saysWhyAndWhatItRestsOn(scenario: WhyScenario) async throws {
        let (rehearsal, other) = (try await scenario.play(false), try await scenario.play(true))
        let (lines, altered) = (try rehearsal.why(scenario.check), try other.why(scenario.check))
        let (before, after) = (Set(lines.map(\.text)), Set(altered.map(\.text)))
        let gone = lines.filter { !after.contains($0.text) }
        let come = altered.filter { !before.contains($0.text) }
        #expect(gone.map(\.verdict) == scenario.gone, "\(gone)")
        #expect(come.map(\.verdict) == scenario.come, "\(come)")
        var text = "\(scenario.story)\n\n$ haidang why \(scenario.check)\n"
        text += lines.map { "\($0.text)\n" }.joined()
        text += "\n\(scenario.altered)\n\n"
        text += gone.map { "- \($0.text)\n" }.joined() + come.map { "+ \($0.text)\n" }.joined()
        if scenario.isVietnamese {
            text += "\n$ haidang why \(scenario.check) --language vi\n"
            text += try rehearsal.why(scenario.check, .vietnamese).map { "\($0.text)\n" }.joined()
        }
        let file = Self.folder.appendingPathComponent("why-\(scenario.name).txt")
        if ProcessInfo.processInfo.environment["WHY_RECORD"] == "1" { try Data(text.utf8).write(to: file) }
        #expect(try String(contentsOf: file, encoding: .utf8) == text)
    }
}
