import Curl
package import ProbeKit
package import SIPSettings
import TLS
package import Vocabulary

/// Makes an answer of what came: outcome, readings, facts. Neither socket nor clock.
package struct SIPJudgement {
    private let settings: SIPSettings
    /// The moment that a certificate's end is counted from.
    private let now: Instant

    private let facts: (SIPResponse) -> [Fact]

    /// `facts` may know them from an earlier answer.
    package init(
        settings: SIPSettings, now: Instant, facts: @escaping (SIPResponse) -> [Fact] = Self.facts
    ) {
        self.settings = settings
        self.now = now
        self.facts = facts
    }

    package func answer(_ result: Result<SIPReply, SIPSilence>, trace: [SIPEvent]) -> Answer {
        switch result {
        case .success(let reply):
            var answer = Answer(
                outcome(of: reply), readings: [], roundTrip: nil, tracing: { trace.map(\.description) })
            add(reply, to: &answer)
            return answer
        case .failure(let silence):
            var answer = Answer(silence.outcome, trace: trace.map(\.description))
            if case .unanswered(let sends) = silence { answer.readings.append(retransmissions(sends - 1)) }
            if case .transfer(let error) = silence {
                add(error.certificate, to: &answer)
                answer.trace.append(error.description)
            }
            return answer
        }
    }

    /// What the status says comes first; a slow answer or an old certificate only matters where that is in order.
    private func outcome(of reply: SIPReply) -> Outcome {
        guard reply.outcome == .up else { return reply.outcome }
        if let reason = certificate(reply.certificate) { return .degraded(reason) }
        if let slow = settings.slow, reply.elapsed > slow {
            return .degraded(
                Reason(
                    "slow", step: "response", expected: "an answer in \(slow.inSeconds) s",
                    got: "\(reply.elapsed.inSeconds) s"))
        }
        return .up
    }

    private func certificate(_ certificate: PeerCertificate?) -> Reason? {
        guard settings.certificateDays > 0, let end = certificate?.notAfter else { return nil }
        let left = (end - now).inSeconds
        guard left < Double(settings.certificateDays) * 86_400 else { return nil }
        guard left >= 0 else {
            return Reason("certificate-expired", step: "tls", expected: "a valid certificate", got: "it ended \(end)")
        }
        return Reason(
            "certificate-expiring", step: "tls", expected: "at least \(settings.certificateDays) days left",
            got: "\(Int(left / 86_400)) days, until \(end)")
    }

    private func add(_ reply: SIPReply, to answer: inout Answer) {
        if let connect = reply.connect {
            answer.readings.append(Reading(Self.connect, connect.inSeconds))
        }
        if let tls = reply.tls {
            answer.readings.append(Reading(Self.tls, tls.inSeconds))
        }
        answer.readings.append(Reading(Self.roundTrip, reply.elapsed.inSeconds))
        answer.readings.append(Reading(Self.status, Double(reply.response.status)))
        if settings.transport == .udp { answer.readings.append(retransmissions(reply.retransmissions)) }
        if settings.method == .register, reply.response.status < 300 {
            let bindings = Binding.all(in: reply.response)
            answer.readings.append(Reading(Metric("sip_bindings"), Double(bindings.count)))
            if let last = bindings.compactMap(\.expiry).max() {
                answer.readings.append(Reading(Metric("sip_binding_expiry_seconds"), Double(last)))
            }
            answer.trace += bindings.map { "bound to \($0.contact)" }
        }
        add(reply.certificate, to: &answer)
        // A registrar and a proxy speak of themselves, and the check may belong to the device that is asked for.
        if settings.method == .options, settings.peer == .endpoint { answer.facts += facts(reply.response) }
    }

    private static let connect = Metric("sip_phase_seconds", ["phase": "connect"])
    private static let tls = Metric("sip_phase_seconds", ["phase": "tls"])
    private static let roundTrip = Metric("sip_round_trip_seconds")
    private static let status = Metric("sip_status")
    private static let sentAgain = Metric("sip_retransmissions")

    private func retransmissions(_ count: Int) -> Reading {
        Reading(Self.sentAgain, Double(max(0, count)))
    }

    private func add(_ certificate: PeerCertificate?, to answer: inout Answer) {
        guard let certificate else { return }
        answer.facts.append(Fact(path: "certificate/subject", value: certificate.subject))
        answer.facts.append(Fact(path: "certificate/issuer", value: certificate.issuer))
        guard let end = certificate.notAfter else { return }
        answer.facts.append(Fact(path: "certificate/not-after", value: end.description))
        answer.readings.append(Reading(Metric("sip_certificate_expiry_seconds"), (end - now).inSeconds))
    }

    /// What a device says of itself.
    package static func facts(of response: SIPResponse) -> [Fact] {
        guard let text = response.value(.userAgent) ?? response.value(.server), !text.isEmpty else { return [] }
        var facts = [Fact("sip", "agent", value: text)]
        if let product = Product(text) {
            if let vendor = product.vendor { facts.append(Fact("sip", "vendor", value: vendor)) }
            facts.append(Fact("sip", "product", value: product.name))
            if let version = product.version { facts.append(Fact("sip", "version", value: version)) }
        }
        let methods = response.values(.allow).flatMap { $0.split { $0 == "," || $0 == " " } }
        guard !methods.isEmpty else { return facts }
        facts.append(Fact("sip", "allow", value: Set(methods).sorted().joined(separator: ", ")))
        return facts
    }
}
