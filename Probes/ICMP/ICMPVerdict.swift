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

    /// `settings`: what was asked for.
    package static func answer(
        to result: PingResult, from address: SocketAddress, asking settings: ICMPSettings
    ) -> Answer {
        let times = RoundTrips(result.roundTrips)
        return Answer(
            outcome(of: result, settings), readings: readings(of: result, times, settings), roundTrip: times.median
        ) { trace(of: result, from: address, settings) }
    }

    private static func outcome(of result: PingResult, _ settings: ICMPSettings) -> Outcome {
        guard result.sent > 0 else { return .unknown(refusal(result.refusal)) }
        guard result.received > 0 else {
            if let fault = result.errors.first { return failure(fault, settings) }
            let came = [(result.late, "late"), (result.foreign, "foreign")].filter { $0.0 > 0 }
            return .down(
                Reason(
                    "no-reply", expected: "an echo reply",
                    got: came.isEmpty ? "nothing" : came.map { "\($0.0) \($0.1)" }.joined(separator: ", ")))
        }
        guard settings.count == 1 || result.received == result.sent else {
            return .degraded(
                Reason("packet-loss", expected: "\(result.sent) replies", got: "\(result.received)"))
        }
        return .up
    }

    private static func failure(_ fault: ICMPFault, _ settings: ICMPSettings) -> Outcome {
        guard fault.kind == .packetTooBig else {
            return .down(Reason("unreachable", expected: "an echo reply", got: fault.description))
        }
        // The host may be well: somebody on the way refuses the size, and says nothing of the host.
        let overhead = PathMTUSearch.overhead(in: fault.type == 3 ? .ipv4 : .ipv6)
        let most = fault.largest.map { "\($0) bytes at most" } ?? "less"
        return .degraded(
            Reason(
                "path-mtu", expected: "packets of \(settings.size + overhead) bytes to pass whole",
                got: fault.reporter.map { "\(most), says \($0.literal)" } ?? most))
    }

    private static func refusal(_ error: SystemError?) -> Reason {
        guard let error else { return Reason("cannot-send", got: "no packet left before the deadline") }
        let isRouting = [ENETUNREACH, EHOSTUNREACH, ENETDOWN, EADDRNOTAVAIL, EINVAL].contains(error.code)
        return Reason(isRouting ? "no-route" : "cannot-send", got: error.description)
    }

    private static func readings(
        of result: PingResult, _ times: RoundTrips, _ settings: ICMPSettings
    ) -> [Reading] {
        var readings: [Reading] = []
        readings.reserveCapacity(12)
        if let median = times.median, let least = times.sorted.first, let greatest = times.sorted.last {
            readings.append(Reading(Metric("icmp_rtt_seconds"), median.inSeconds))
            if settings.count > 1 {
                readings.append(Reading(Metric("icmp_rtt_min_seconds"), least))
                readings.append(Reading(Metric("icmp_rtt_max_seconds"), greatest))
            }
            if settings.count >= smokeCount {
                // What is drawn around the median as smoke: how the round trips of a burst are spread.
                for (metric, share) in shares { readings.append(Reading(metric, times.quantile(share))) }
            }
            if let jitter = times.jitter { readings.append(Reading(Metric("icmp_jitter_seconds"), jitter)) }
        }
        if result.sent > 0 {
            let lost = Double(result.sent - result.received)
            readings.append(Reading(Metric("icmp_loss_ratio"), lost / Double(result.sent)))
        }
        let strays = [
            ("icmp_late", result.late), ("icmp_duplicates", result.duplicates), ("icmp_reordered", result.reordered),
            ("icmp_foreign", result.foreign),
        ]
        for (name, number) in strays where number > 0 { readings.append(Reading(Metric(name), Double(number))) }
        // Several at once: somebody on the way marks some packets anew and others not; the lowest is the worst.
        if let point = result.codePoints.min() { readings.append(Reading(Metric("icmp_reply_dscp"), Double(point))) }
        return readings
    }

    /// A burst of this many packets has a distribution that is worth keeping.
    private static let smokeCount = 5

    private static let shares = [("0.1", 0.1), ("0.25", 0.25), ("0.75", 0.75), ("0.9", 0.9)].map { label, share in
        (Metric("icmp_rtt_seconds", ["quantile": label]), share)
    }

    private static func trace(
        of result: PingResult, from address: SocketAddress, _ settings: ICMPSettings
    ) -> [String] {
        var lines = ["sent \(result.sent) echo requests to \(address.literal)"]
        if settings.codePoint != 0 {
            let came = result.codePoints.sorted().map(String.init).joined(separator: ", ")
            lines.append("marked DSCP \(settings.codePoint); replies bore \(came.isEmpty ? "none" : came)")
        }
        for (index, time) in result.roundTrips.enumerated() {
            lines.append("packet \(index + 1): \(time.map { "reply after \($0.wholeMicroseconds) µs" } ?? "no reply")")
        }
        lines += result.errors.map { "error: \($0)" }
        if let refusal = result.refusal { lines.append("refused: \(refusal)") }
        return lines
    }
}
