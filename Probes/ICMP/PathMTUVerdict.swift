package import ProbeKit
package import Sockets
import Vocabulary

/// What it means how much passes whole.
package enum PathMTUVerdict {
    /// Adds what was found to an answer. `isFinished`: there was time to find it all.
    package static func add(_ mtu: PathMTU?, wanted: Int, isFinished: Bool, to answer: inout Answer) {
        guard isFinished else {
            answer.trace.append("the deadline came before it was known how much passes whole")
            return
        }
        // Small packets had been answered when none of these was: the host fell silent, and the next run will say so.
        guard let mtu else {
            answer.trace.append("no packet of any size passed whole")
            return
        }
        answer.trace.append("\(mtu.bytes) bytes pass whole\(mtu.ofLargerOnes)")
        answer.readings.append(Reading(Metric("icmp_path_mtu_bytes"), Double(mtu.bytes)))
        guard mtu.bytes < wanted, answer.outcome == .up else { return }
        answer.outcome = .degraded(
            Reason(
                "path-mtu", expected: "packets of \(wanted) bytes to pass whole",
                got: "\(mtu.bytes) bytes at most\(mtu.ofLargerOnes)"))
    }
}
