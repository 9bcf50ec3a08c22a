package import Curl
package import HTTPSettings
package import ProbeKit
import TLS
package import Vocabulary

/// What an answer, or the lack of one, says about a web address: a pure function of what is given here.
package struct Judgement {
    package var settings: HTTPSettings
    package var now: Instant
    /// What the system's resolver itself said, when libcurl got no address.
    package var lookUp: NameLookUp?

    package init(settings: HTTPSettings, now: Instant) {
        self.settings = settings
        self.now = now
    }

    package func answer(_ result: Result<TransferResult, TransferError>) -> Answer {
        switch result {
        case .success(let result): answer(result)
        case .failure(let error): answer(error)
        }
    }

    private func answer(_ result: TransferResult) -> Answer {
        let values = values(in: result.body, isCut: result.isBodyCut)
        var answer = Answer(outcome(of: result, values: values.reason))
        answer.readings = phases(of: result.timings)
        answer.readings.append(Reading(Metric("http_duration_seconds"), result.timings.total.inSeconds))
        answer.readings.append(Reading(Metric("http_status"), Double(result.status)))
        answer.readings.append(Reading(Metric("http_body_bytes"), Double(result.bodySize)))
        answer.readings += values.readings
        add(result.certificate, to: &answer)
        if let server = result.headers.values(of: "server").first, !server.isEmpty {
            answer.facts.append(Fact("http", "server", value: server))
        }
        answer.trace.append("connected to \(result.address) port \(result.port)")
        if result.redirects > 0 { answer.trace.append("followed \(result.redirects) redirects") }
        answer.trace.append("HTTP/\(result.version) \(result.status), \(result.bodySize) bytes of body")
        return answer
    }

    private func answer(_ error: TransferError) -> Answer {
        var answer = Answer(outcome(of: error))
        answer.readings = phases(of: error.timings)
        add(error.certificate, to: &answer)
        answer.trace.append(error.description)
        return answer
    }

    /// Phases that were not reached are left out; a phase that began and did not end is no measurement.
    private func phases(of timings: Timings) -> [Reading] {
        let spans = [
            ("resolve", timings.resolve), ("connect", timings.connect), ("tls", timings.tls),
            ("request", timings.request), ("response", timings.response),
        ]
        return spans.filter { $0.1 > .zero }.map { phase, span in
            Reading(Metric("http_phase_seconds", ["phase": phase]), span.inSeconds)
        }
    }

    private func add(_ certificate: PeerCertificate?, to answer: inout Answer) {
        guard let certificate else { return }
        answer.facts.append(Fact("certificate", "subject", value: certificate.subject))
        answer.facts.append(Fact("certificate", "issuer", value: certificate.issuer))
        guard let end = certificate.notAfter else { return }
        answer.facts.append(Fact("certificate", "not-after", value: end.description))
        answer.readings.append(Reading(Metric("http_certificate_expiry_seconds"), (end - now).inSeconds))
    }
}
