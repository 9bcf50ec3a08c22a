package import ExecSettings
package import ProbeKit
import Vocabulary

/// Runs a plug-in of this machine's plug-in folder and judges its exit status.
package struct ExecProbe: Probe {
    private let engine: PluginEngine

    package init(engine: PluginEngine) {
        self.engine = engine
    }

    package func measure(
        _ target: String, settings: ExecSettings, until deadline: ContinuousClock.Instant
    ) async -> Answer {
        let arguments = ArgumentText.filled(settings.arguments, for: target)
        // For the way back.
        let result = await engine.run(settings.plugin, arguments: arguments, until: deadline - .milliseconds(20))
        let command = "ran \(settings.plugin) with \(arguments.count) arguments: \(arguments)"
        switch result {
        case .refused(let reason): return Answer(.unknown(reason), trace: ["\(command): \(reason)"])
        case .ran(let ending, let printed, let took):
            var answer = ExecVerdict.answer(ending, printed, took: took)
            answer.trace.insert(command, at: 0)
            return answer
        }
    }
}
