import Glibc
package import ICMPSettings
package import ProbeKit
package import Sockets
import Vocabulary

/// What a ping's result means.
package enum ICMPVerdict {
    /// The spacing as set, or less, so that a burst leaves within the first half of the time: the last packet is to
    /// have as fair a chance as the first.
    package static func spacing(of settings: ICMPSettings, within remaining: Duration) -> Duration {
        guard settings.count > 1, remaining > .zero else { return settings.spacing }
        return min(settings.spacing, remaining / (2 * (settings.count - 1)))
    }

    /// `count`: how many packets were to be sent.
    package static func answer(to result: PingResult, from address: SocketAddress, count: Int) -> Answer {
        Answer(
            outcome(of: result, count: count), readings: readings(of: result, count: count),
            trace: trace(of: result, from: address), roundTrip: roundTrip(of: result))
    }

    private static func outcome(of result: PingResult, count: Int) -> Outcome {
        guard result.sent > 0 else { return .unknown(refusal(result.refusal)) }
        guard result.received > 0 else {
            if let fault = result.errors.first {
                return .down(Reason("unreachable", expected: "an echo reply", got: fault.description))
            }
            let came = [(result.late, "late"), (result.foreign, "foreign")].filter { $0.0 > 0 }
            return .down(
                Reason(
                    "no-reply", expected: "an echo reply",
                    got: came.isEmpty ? "nothing" : came.map { "\($0.0) \($0.1)" }.joined(separator: ", ")))
        }
        guard count == 1 || result.received == result.sent else {
            return .degraded(
                Reason("packet-loss", expected: "\(result.sent) replies", got: "\(result.received)"))
        }
        return .up
    }

    private static func refusal(_ error: SystemError?) -> Reason {
        guard let error else { return Reason("cannot-send", got: "no packet left before the deadline") }
        let isRouting = [ENETUNREACH, EHOSTUNREACH, ENETDOWN, EADDRNOTAVAIL, EINVAL].contains(error.code)
        return Reason(isRouting ? "no-route" : "cannot-send", got: error.description)
    }

    private static func roundTrip(of result: PingResult) -> Duration? {
        let times = result.roundTrips.compactMap { $0 }.sorted()
        return times.isEmpty ? nil : median(of: times)
    }

    private static func readings(of result: PingResult, count: Int) -> [Reading] {
        var readings: [Reading] = []
        let times = result.roundTrips.compactMap { $0 }.sorted()
        if let least = times.first, let greatest = times.last {
            readings.append(Reading(Metric("icmp_rtt_seconds"), median(of: times).inSeconds))
            if count > 1 {
                readings.append(Reading(Metric("icmp_rtt_min_seconds"), least.inSeconds))
                readings.append(Reading(Metric("icmp_rtt_max_seconds"), greatest.inSeconds))
            }
        }
        if result.sent > 0 {
            let lost = Double(result.sent - result.received)
            readings.append(Reading(Metric("icmp_loss_ratio"), lost / Double(result.sent)))
        }
        let strays = [
            ("icmp_late", result.late), ("icmp_duplicates", result.duplicates), ("icmp_foreign", result.foreign),
        ]
        for (name, number) in strays where number > 0 { readings.append(Reading(Metric(name), Double(number))) }
        return readings
    }

    /// Of times in order, at least one; the mean of the middle two when they are even in number.
    private static func median(of times: [Duration]) -> Duration {
        let middle = times.count / 2
        return times.count.isMultiple(of: 2) ? (times[middle - 1] + times[middle]) / 2 : times[middle]
    }

    private static func trace(of result: PingResult, from address: SocketAddress) -> [String] {
        var lines = ["sent \(result.sent) echo requests to \(address.literal)"]
        for (index, time) in result.roundTrips.enumerated() {
            lines.append("packet \(index + 1): \(time.map { "reply after \($0.wholeMicroseconds) µs" } ?? "no reply")")
        }
        lines += result.errors.map { "error: \($0)" }
        if let refusal = result.refusal { lines.append("refused: \(refusal)") }
        return lines
    }
}
