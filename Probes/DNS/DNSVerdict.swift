package import DNSSettings
import ProbeKit
package import Vocabulary

/// What the answer of a name server means.
package enum DNSVerdict {
    package static func outcome(of message: DNSMessage, _ settings: DNSSettings, elapsed: Duration) -> Outcome {
        guard message.code == settings.code.rawValue else {
            let reason = Reason(
                reasonCode(message.code), step: "response", expected: settings.code.name, got: message.codeName)
            return .down(reason)
        }
        guard settings.code == .noError else { return .up }
        let found = records(message, settings.type)
        guard !found.isEmpty else {
            return .down(
                Reason(
                    "no-records", step: "response", expected: "records of type \(settings.type.name)",
                    got: "\(message.answers.count) of other types"))
        }
        let texts = Set(found.map { Self.plain($0.text) })
        if let missing = settings.answers.first(where: { !texts.contains(Self.plain($0)) }) {
            return .down(
                Reason(
                    "wrong-answer", step: "response", expected: "\(missing) among the answers",
                    got: found.map(\.text).sorted().prefix(8).joined(separator: ", ")))
        }
        if let slow = settings.slow, elapsed > slow {
            return .degraded(
                Reason(
                    "slow", step: "response", expected: "at most \(slow.wholeMilliseconds) ms",
                    got: "\(elapsed.wholeMilliseconds) ms"))
        }
        return .up
    }

    /// Serial numbers by server, the one that was asked first.
    package static func agreement(_ serials: [(server: String, serial: UInt32?)]) -> Reason? {
        guard let own = serials.first?.serial else { return nil }
        if let silent = serials.first(where: { $0.serial == nil }) {
            return Reason(
                "serials-differ", step: silent.server, expected: "serial \(own)", got: "no serial number")
        }
        guard let other = serials.first(where: { $0.serial != own }), let serial = other.serial else { return nil }
        return Reason("serials-differ", step: other.server, expected: "serial \(own)", got: "serial \(serial)")
    }

    package static func records(_ message: DNSMessage, _ type: RecordType) -> [DNSRecord] {
        message.answers.filter { $0.type == type.rawValue }
    }

    package static func readings(_ message: DNSMessage, _ settings: DNSSettings) -> [Reading] {
        let found = records(message, settings.type)
        var readings = [
            Reading(Metric("dns_code"), Double(message.code)), Reading(Metric("dns_answers"), Double(found.count)),
        ]
        if let least = found.map(\.life).min() { readings.append(Reading(Metric("dns_ttl_seconds"), Double(least))) }
        if let serial = found.compactMap(\.serial).first {
            readings.append(Reading(Metric("dns_serial"), Double(serial)))
        }
        return readings
    }

    private static func reasonCode(_ code: UInt8) -> String {
        switch ResponseCode(rawValue: code) {
        case .noError: "name-exists"
        case .noSuchName: "no-such-name"
        case .serverFailure: "server-failure"
        case .refused: "refused"
        case .formatError, .notImplemented, nil: "status"
        }
    }

    /// Names are the same with and without the last dot, and in either case.
    private static func plain(_ text: String) -> String {
        let lower = text.lowercased()
        return lower.hasSuffix(".") ? String(lower.dropLast()) : lower
    }
}

extension Duration {
    fileprivate var wholeMilliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}
