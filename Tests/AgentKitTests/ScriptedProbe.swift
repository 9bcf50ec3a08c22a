import AgentKit
import ProbeKit
import ProbeSettings
import Synchronization
import Vocabulary

/// Settings of a probe that answers as its target says: `up`, `down` or `hang`.
struct ScriptedSettings: ProbeSettings {
    static let kind: ProbeKind = "scripted"
    static let pace = Pace(every: .seconds(1), within: .milliseconds(500))
    var word: String

    static func validate(target: String) throws(SettingsError) {
        guard !target.isEmpty else { throw SettingsError(key: "target", problem: "empty") }
    }

    init(from reader: inout SettingsReader) throws(SettingsError) {
        word = reader.text("word", default: "")
    }
}

struct ScriptedProbe: Probe {
    func measure(_ target: String, settings: ScriptedSettings, until deadline: ContinuousClock.Instant) async -> Answer
    {
        switch target {
        case "up": Answer(.up, readings: [Reading(Metric("scripted_seconds"), 0.5)], facts: [Fact("a", value: "b")])
        default: Answer(.down(Reason("scripted", got: target)))
        }
    }
}

func scripted() -> Catalogue { Catalogue([.init(ScriptedProbe())]) }
