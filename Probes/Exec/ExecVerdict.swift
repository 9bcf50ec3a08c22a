package import ProbeKit
import Vocabulary

/// What a run of a plug-in means (monitoring-plugins guidelines).
package enum ExecVerdict {
    /// How a plug-in ended.
    package enum Ending: Hashable, Sendable {
        case exited(Int32)
        /// By a signal that we did not send: its number, and the system's word for it.
        case killed(Int32, String)
        /// It still ran when its time was over, and was ended.
        case outlived(Duration)
    }

    /// What it printed, cut where it printed more than is kept.
    package struct Printed: Hashable, Sendable {
        package var output: [UInt8]
        package var errors: [UInt8]
        /// Bytes of the output that were not kept.
        package var dropped: Int

        package init(output: [UInt8] = [], errors: [UInt8] = [], dropped: Int = 0) {
            self.output = output
            self.errors = errors
            self.dropped = dropped
        }
    }

    package static let keptOutput = 64 << 10
    package static let keptErrors = 4 << 10
    package static let mostValues = 200

    package static func answer(_ ending: Ending, _ printed: Printed, took: Duration) -> Answer {
        let output = PluginOutput(printed.output)
        return Answer(
            outcome(of: ending, output, printed),
            readings: [Reading(Metric("exec_duration_seconds"), took.inSeconds)] + readings(of: output),
            trace: trace(of: ending, output, printed, took: took))
    }

    private static func outcome(of ending: Ending, _ output: PluginOutput, _ printed: Printed) -> Outcome {
        let said = said(output, printed)
        switch ending {
        case .exited(0):
            guard printed.dropped > 0 else { return .up }
            return .degraded(
                Reason(
                    "too-much-output", step: "read", expected: "at most \(keptOutput) bytes",
                    got: "\(keptOutput + printed.dropped) bytes in all"))
        case .exited(1): return .degraded(judged("plugin-warning", output, said) { $0.warning })
        case .exited(2): return .down(judged("plugin-critical", output, said) { $0.critical })
        case .exited(3): return .unknown(Reason("plugin-unknown", got: said))
        case .exited(let status):
            return .unknown(
                Reason(
                    "plugin-status", expected: "an exit status from 0 to 3",
                    got: said.isEmpty ? "\(status)" : "\(status): \(said)"))
        case .killed(let signal, let word):
            return .unknown(
                Reason("plugin-killed", expected: "an exit status from 0 to 3", got: "signal \(signal): \(word)"))
        case .outlived(let time):
            return .unknown(
                Reason(
                    "plugin-timeout",
                    expected: "an answer in \(PlainNumber.text((time.inSeconds * 10).rounded() / 10)) s",
                    got: said.isEmpty ? "nothing before the deadline" : said))
        }
    }

    /// What it says in a line: where it prints nothing, what it complains about.
    private static func said(_ output: PluginOutput, _ printed: Printed) -> String {
        guard output.summary.isEmpty else { return output.summary }
        return PluginOutput(printed.errors).summary
    }

    /// A reason that names the first value of which the plug-in itself says that it is outside its range.
    private static func judged(
        _ code: String, _ output: PluginOutput, _ said: String, range: (PerformanceValue) -> AlertRange?
    ) -> Reason {
        for value in output.values {
            guard let limit = range(value), limit.alerts(on: value.value) else { continue }
            return Reason(
                code, step: value.label, expected: limit.wanted(instead: value.value, unit: value.unit), got: said)
        }
        return Reason(code, got: said)
    }

    /// The first of each metric; no more than a check should have series.
    private static func readings(of output: PluginOutput) -> [Reading] {
        var known: Set<Metric> = []
        return Array(output.values.compactMap(\.reading).filter { known.insert($0.metric).inserted }.prefix(mostValues))
    }

    private static func trace(
        of ending: Ending, _ output: PluginOutput, _ printed: Printed, took: Duration
    ) -> [String] {
        let end =
            switch ending {
            case .exited(let status): "exit status \(status)"
            case .killed(let signal, let word): "ended by signal \(signal): \(word)"
            case .outlived: "still ran and was ended"
            }
        var lines = ["\(end) after \(took.inSeconds) s, \(printed.output.count + printed.dropped) bytes"]
        lines += ([output.summary] + output.details).filter { !$0.isEmpty }.prefix(20)
        lines += output.values.prefix(mostValues).map { value in
            let alerts = [("warning", value.warning), ("critical", value.critical)].filter {
                $0.1?.alerts(on: value.value) == true
            }.map { ", \($0.0)" }.joined()
            let unit = value.unit.isEmpty ? "" : " \(value.unit)"
            return "\(value.label): \(PlainNumber.text(value.value))\(unit)\(alerts)"
        }
        if output.refused > 0 { lines.append("\(output.refused) words are no values") }
        if printed.dropped > 0 { lines.append("\(printed.dropped) bytes more were dropped") }
        let errors = PluginOutput(printed.errors)
        return lines + ([errors.summary] + errors.details).filter { !$0.isEmpty }.prefix(20).map { "stderr: \($0)" }
    }
}
