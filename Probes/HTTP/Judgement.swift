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
        let (address, port, redirects, status) = (result.address, result.port, result.redirects, result.status)
        let (version, size) = (result.version, result.bodySize)
        var answer = Answer(
            outcome(of: result, values: values.reason), readings: phases(of: result.timings), roundTrip: nil
        ) {
            ["connected to \(address) port \(port)"] + (redirects > 0 ? ["followed \(redirects) redirects"] : [])
                + ["HTTP/\(version) \(status), \(size) bytes of body"]
        }
        answer.readings.append(Reading(Metric("http_duration_seconds"), result.timings.total.inSeconds))
        answer.readings.append(Reading(Metric("http_status"), Double(result.status)))
        answer.readings.append(Reading(Metric("http_body_bytes"), Double(result.bodySize)))
        answer.readings += values.readings
        add(result.certificate, to: &answer)
        if let server = result.headers.first(where: { $0.isNamed("server") })?.value, !server.isEmpty {
            answer.facts.append(Fact(path: "http/server", value: server))
        }
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
        var readings: [Reading] = []
        readings.reserveCapacity(9)
        for (metric, span) in [
            (Self.resolve, timings.resolve), (Self.connect, timings.connect), (Self.tls, timings.tls),
            (Self.request, timings.request), (Self.response, timings.response),
        ] where span > .zero {
            readings.append(Reading(metric, span.inSeconds))
        }
        return readings
    }

    private static let resolve = Metric("http_phase_seconds", ["phase": "resolve"])
    private static let connect = Metric("http_phase_seconds", ["phase": "connect"])
    private static let tls = Metric("http_phase_seconds", ["phase": "tls"])
    private static let request = Metric("http_phase_seconds", ["phase": "request"])
    private static let response = Metric("http_phase_seconds", ["phase": "response"])

    private func add(_ certificate: PeerCertificate?, to answer: inout Answer) {
        guard let certificate else { return }
        answer.facts.append(Fact(path: "certificate/subject", value: certificate.subject))
        answer.facts.append(Fact(path: "certificate/issuer", value: certificate.issuer))
        guard let end = certificate.notAfter else { return }
        answer.facts.append(Fact(path: "certificate/not-after", value: end.description))
        answer.readings.append(Reading(Metric("http_certificate_expiry_seconds"), (end - now).inSeconds))
    }
}
