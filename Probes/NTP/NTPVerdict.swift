package import NTPSettings
import ProbeKit
import ProbeSettings
package import Sockets
package import Vocabulary

/// What an answer of a time server means, or its silence.
package enum NTPVerdict {
    /// `offset`: how far the server's clock is ahead of ours, in seconds; nil when that cannot be told.
    package static func outcome(of packet: NTPPacket, offset: Double?, _ settings: NTPSettings) -> Outcome {
        // A server without a time of its own says stratum 0 as well, but no code.
        if packet.stratum == 0, !packet.referenceText.isEmpty {
            return .degraded(
                Reason("refused", step: "response", expected: "the time", got: "kiss code \(packet.referenceText)"))
        }
        guard packet.leap != 3, (1...15).contains(packet.stratum) else {
            return .degraded(
                Reason("clock-unsynchronised", step: "clock", expected: "synchronised", got: "not synchronised"))
        }
        if let offset, abs(offset) > settings.offset.inSeconds {
            return .degraded(
                Reason(
                    "clock-offset", step: "clock",
                    expected: "at most \(settings.offset.spelled) from the agent's clock",
                    got: "\(milliseconds(offset)) ms"))
        }
        let distance = packet.rootDelay / 2 + packet.rootDispersion
        guard distance <= settings.distance.inSeconds else {
            return .degraded(
                Reason(
                    "clock-distance", step: "clock",
                    expected: "at most \(settings.distance.spelled) from a reference clock",
                    got: "\(milliseconds(distance)) ms"))
        }
        guard Int(packet.stratum) <= settings.stratum else {
            return .degraded(
                Reason(
                    "stratum", step: "clock", expected: "stratum \(settings.stratum) at most",
                    got: "stratum \(packet.stratum)"))
        }
        return .up
    }

    /// Of an exchange that brought no packet.
    package static func outcome(of ending: UDPResult.Ending) -> Outcome {
        switch ending {
        case .answered: .down(Reason("malformed", step: "response", expected: "an NTP packet", got: "another one"))
        case .timedOut:
            .down(
                Reason("timeout", step: "response", expected: "an answer to NTP", got: "nothing before the deadline"))
        case .refused(let fault):
            .down(
                Reason(
                    fault.kind == .portUnreachable ? "port-closed" : "unreachable", step: "send",
                    expected: "an answer to NTP", got: fault.description))
        case .cannotSend(let error): .unknown(Reason("cannot-send", step: "send", got: error.description))
        case .cancelled: .unknown(Reason("cancelled", step: "send"))
        }
    }

    package static func readings(_ packet: NTPPacket, offset: Double?, roundTrip: Duration?) -> [Reading] {
        var readings = [Reading(Metric("ntp_stratum"), Double(packet.stratum))]
        // Who refuses tells no time.
        guard packet.stratum > 0 else { return readings }
        if let offset { readings.append(Reading(Metric("ntp_offset_seconds"), offset)) }
        readings += [
            Reading(Metric("ntp_root_delay_seconds"), packet.rootDelay),
            Reading(Metric("ntp_root_dispersion_seconds"), packet.rootDispersion),
        ]
        if let roundTrip { readings.append(Reading(Metric("ntp_round_trip_seconds"), roundTrip.inSeconds)) }
        return readings
    }

    private static func milliseconds(_ seconds: Double) -> String {
        let number = (seconds * 10_000).rounded() / 10
        return Int64(exactly: number).map(String.init) ?? String(number)
    }
}
