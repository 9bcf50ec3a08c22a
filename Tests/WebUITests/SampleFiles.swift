import Foundation
import Testing
import Vocabulary
import WebUI

/// Writes every page to the folder that WEBUI_SAMPLES names, to be looked at in a browser.
@Suite struct SampleFiles {
    @Test(.enabled(if: ProcessInfo.processInfo.environment["WEBUI_SAMPLES"] != nil))
    func everyPageIsWritten() throws {
        let folder = URL(
            fileURLWithPath: try #require(ProcessInfo.processInfo.environment["WEBUI_SAMPLES"]), isDirectory: true)
        let assets = folder.appendingPathComponent("static", isDirectory: true)
        try FileManager.default.createDirectory(at: assets, withIntermediateDirectories: true)
        for name in Static.names {
            try Data(try #require(Static.asset(named: name)).bytes).write(to: assets.appendingPathComponent(name))
        }
        for sample in Samples.pages {
            for language in Language.allCases {
                for theme in [Viewer.Theme.light, .dark] {
                    let viewer = Samples.viewer(language, theme: theme, user: sample.isSignedIn ? "mai.tran" : nil)
                    let html = sample.page.html(for: viewer).replacingOccurrences(of: "\"/static/", with: "\"static/")
                    let file = "\(sample.name)-\(language.rawValue)-\(theme.rawValue).html"
                    try Data(html.utf8).write(to: folder.appendingPathComponent(file))
                }
            }
        }
    }
}
