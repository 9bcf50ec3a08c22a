import Curl
import HTTPSettings
import Patterns
import TLS
import Vocabulary

extension Judgement {
    /// The first fault counts, what is down before what is degraded.
    func outcome(of result: TransferResult, values: Reason?) -> Outcome {
        if let reason = status(result) ?? header(result) ?? body(result) ?? values { return .down(reason) }
        if let reason = size(result) ?? version(result) ?? certificate(result) ?? speed(result) {
            return .degraded(reason)
        }
        return .up
    }

    private func status(_ result: TransferResult) -> Reason? {
        guard !settings.status.contains(result.status) else { return nil }
        return Reason("status", step: "response", expected: settings.status.description, got: "\(result.status)")
    }

    private func header(_ result: TransferResult) -> Reason? {
        for field in settings.expectedFields {
            let values = result.headers.values(of: field.name)
            guard !values.contains(where: { field.pattern?.matches($0) ?? true }) else { continue }
            let got = values.isEmpty ? "no such header" : "\(field.name): \(values.joined(separator: ", ").prefix(200))"
            let wanted = field.pattern?.description ?? ""
            return Reason("header", step: "response", expected: "\(field.name): …\(wanted)…", got: got)
        }
        return nil
    }

    private func body(_ result: TransferResult) -> Reason? {
        if let text = settings.absent, text.matches(result.body) {
            return Reason("body", step: "response", expected: "a body without \"\(text)\"", got: "it is there")
        }
        // Of a body that was cut, the text may be in the rest.
        guard let text = settings.body, !text.matches(result.body), !result.isBodyCut else { return nil }
        return Reason(
            "body", step: "response", expected: "a body with \"\(text)\"",
            got: "\(result.bodySize) bytes: \(result.body.excerpt)")
    }

    private func version(_ result: TransferResult) -> Reason? {
        guard settings.version == .two, result.version != "2" else { return nil }
        return Reason("http-version", step: "response", expected: "HTTP/2", got: "HTTP/\(result.version)")
    }

    private func size(_ result: TransferResult) -> Reason? {
        guard result.isBodyCut else { return nil }
        return Reason(
            "too-large", step: "response", expected: "at most \(settings.bodyLimit) bytes",
            got: "more; reading stopped there")
    }

    private func certificate(_ result: TransferResult) -> Reason? {
        guard settings.certificateDays > 0, let end = result.certificate?.notAfter else { return nil }
        let left = end - now
        // Only without `verify`: with it, the handshake has refused it.
        if left <= .zero {
            return Reason("certificate-expired", step: "tls", expected: "a date to come", got: "\(end)")
        }
        guard left < .seconds(86_400) * settings.certificateDays else { return nil }
        let days = left.components.seconds / 86_400
        return Reason(
            "certificate-expiring", step: "tls", expected: "at least \(settings.certificateDays) days left",
            got: "\(days) days, until \(end)")
    }

    private func speed(_ result: TransferResult) -> Reason? {
        guard let slow = settings.slow, result.timings.total > slow else { return nil }
        let total = result.timings.total.wholeMicroseconds / 1000
        return Reason(
            "slow", step: result.timings.longest, expected: "at most \(slow.wholeMicroseconds / 1000) ms",
            got: "\(total) ms")
    }
}

extension Timings {
    /// The phase that took most of the time.
    fileprivate var longest: String {
        let spans = [
            ("resolve", resolve), ("connect", connect), ("tls", tls), ("request", request), ("response", response),
        ]
        return spans.max { $0.1 < $1.1 }?.0 ?? ""
    }
}

extension [UInt8] {
    /// The beginning, on one line, for a person.
    fileprivate var excerpt: String {
        let text = String(decoding: prefix(160), as: UTF8.self)
        return "\"\(text.split(whereSeparator: \.isWhitespace).joined(separator: " "))\""
    }
}
