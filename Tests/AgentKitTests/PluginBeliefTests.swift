import AgentKit
import ProbeKit
import Testing
import Vocabulary

/// What a plug-in says was said on this machine.
@Suite struct PluginBeliefTests {
    private let start = Instant(seconds: 1_795_755_600)

    private func planned(_ kind: ProbeKind, _ target: String) -> Assignment.Planned {
        Assignment.Planned(
            check: Check(
                name: CheckName(asset: target, part: kind.rawValue), kind: kind, target: target,
                interval: .seconds(1), timeout: .seconds(1)),
            question: Question { _ in Answer(.up) })
    }

    /// Three hosts fall silent while a plug-in, or a device, still says something about a fourth.
    private func reason(while kind: ProbeKind) throws -> String? {
        let beliefs = Beliefs(chance: { 0.5 })
        let icmp = ["10.0.0.1", "10.0.1.1", "10.0.2.1"].map { planned("icmp", $0) }
        let other = planned(kind, "10.0.3.1")
        _ = beliefs.adopt(Assignment(version: "1", checks: icmp + [other]), at: start)
        var last: StateChange?
        for step in 0..<100 {
            let asked = start + .milliseconds(200 * step)
            let isCut = step >= 10
            let silence = Outcome.down(Reason("no-reply", step: "reply"))
            for each in icmp {
                let reply = Reply(
                    asked: asked, took: .milliseconds(1), outcome: isCut ? silence : .up, isScheduled: true)
                if let change = beliefs.apply(reply, of: each.check)?.change { last = change }
            }
            let word = Reply(
                asked: asked, took: .milliseconds(1), outcome: .down(Reason("plugin-critical")), isScheduled: true)
            _ = beliefs.apply(word, of: other.check)
        }
        return last?.outcome.reason?.code
    }

    @Test func aPlugInIsNoProofOfANetwork() throws {
        #expect(try reason(while: "exec") == "nothing-answers")
        #expect(try reason(while: "http") == "no-reply")
    }
}
