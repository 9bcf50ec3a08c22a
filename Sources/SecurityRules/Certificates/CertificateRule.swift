package import Vocabulary

/// Finds that a certificate which a service uses was changed, or ends soon.
package struct CertificateRule: Sendable {
    /// A certificate as its file has it.
    package struct Seen: Hashable, Sendable {
        /// The file.
        package var place: String
        package var fingerprint: String
        package var subject: String
        package var ends: Instant

        package init(place: String, fingerprint: String, subject: String, ends: Instant) {
            self.place = place
            self.fingerprint = fingerprint
            self.subject = subject
            self.ends = ends
        }
    }

    /// As the probe of HTTPS does, so that both speak at the same time.
    private static let margin = Duration.seconds(14 * 86_400)

    private struct Known {
        var fingerprint: String
        var isToldToEnd: Bool
    }

    private var known: [String: Known] = [:]

    package init() {}

    package mutating func apply(_ seen: [Seen], at time: Instant) -> [Finding] {
        var findings: [Finding] = []
        for certificate in seen {
            let before = known[certificate.place]
            let isSame = before?.fingerprint == certificate.fingerprint
            if let before, !isSame {
                findings.append(
                    finding(
                        RuleName.certificateChanged, .low, certificate, at: time,
                        [.init("fingerprint-before", before.fingerprint)]))
            }
            let isEnding = certificate.ends - time < Self.margin
            if isEnding, !(isSame && before?.isToldToEnd == true) {
                // That one was about to end when the agent came is news to whoever reads it, too.
                findings.append(
                    finding(
                        RuleName.certificateExpiring, certificate.ends <= time ? .high : .medium, certificate, at: time)
                )
            }
            known[certificate.place] = Known(fingerprint: certificate.fingerprint, isToldToEnd: isEnding)
        }
        return findings.sorted { ($0.rule, $0.subject) < ($1.rule, $1.subject) }
    }

    /// Those that end soon, for whoever asks without having looked before.
    package static func expiring(_ seen: [Seen], at time: Instant) -> [Finding] {
        var rule = CertificateRule()
        return rule.apply(seen, at: time)
    }

    private func finding(
        _ rule: String, _ severity: Severity, _ certificate: Seen, at time: Instant, _ more: [Finding.Evidence] = []
    ) -> Finding {
        Finding(
            rule: rule, severity: severity, subject: certificate.place, firstSeen: time, lastSeen: time,
            evidence: [
                .init("file", certificate.place), .init("certificate", certificate.subject.clipped(to: 300)),
                .init("ends", certificate.ends.description), .init("fingerprint", certificate.fingerprint),
            ] + more)
    }
}

extension CertificateRule {
    package init(memory lines: [[String]]) {
        for line in lines where line.field(0) == "certificate" {
            known[line.field(1)] = Known(fingerprint: line.field(2), isToldToEnd: line.field(3) == "ending")
        }
    }

    package func remember(in memory: inout MemoryText) {
        for (place, known) in known.sorted(by: { $0.key < $1.key }) {
            memory.add("certificate", place, known.fingerprint, known.isToldToEnd ? "ending" : "good")
        }
    }
}
