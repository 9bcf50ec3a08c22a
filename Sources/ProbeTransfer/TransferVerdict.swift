package import Curl
import Glibc
import ProbeKit
package import Vocabulary

/// What a transfer that reached no end says of its target: one that fails is down, what failed on our side is unknown.
package enum TransferVerdict {
    package static func outcome(of error: TransferError) -> Outcome {
        let step = error.step.rawValue
        switch error.kind {
        case .unconnected:
            let code =
                switch error.errno {
                case ECONNREFUSED: "connection-refused"
                case ETIMEDOUT: "timeout"
                default: "unreachable"
                }
            return .down(Reason(code, step: "connect", expected: "a connection", got: said(error)))
        case .timedOut where error.step == .resolve, .unresolved:
            // libcurl does not tell "no such name" from "no resolver", and neither says anything about the target.
            return .unknown(
                Reason("resolver-failed", step: "resolve", expected: "an answer from the resolver", got: error.message))
        case .timedOut:
            return .down(Reason("timeout", step: step, expected: "an answer in time", got: error.message))
        case .unverified(let verification):
            return .down(
                Reason(
                    "certificate-untrusted", step: "tls", expected: "a valid certificate",
                    got: words(verification) ?? error.message))
        case .tlsFailed, .keyMismatch:
            return .down(Reason("tls-failed", step: "tls", expected: "a TLS handshake", got: error.message))
        case .lost:
            return .down(Reason("connection-lost", step: step, expected: "a whole answer", got: error.message))
        case .protocolViolated:
            return .down(Reason("not-http", step: step, expected: "HTTP or HTTPS", got: error.message))
        case .noSocket: return .unknown(Reason("no-local-socket", step: step, got: said(error)))
        case .badCredentials:
            return .unknown(
                Reason(
                    "no-authorities", step: step, expected: "the system's certificate authorities", got: error.message))
        case .cancelled, .closed: return .unknown(Reason("cancelled", step: step, got: error.message))
        case .tooManyRedirects:
            return .down(Reason("redirects", step: step, expected: "a whole answer", got: error.message))
        case .invalid, .noEncryption, .loginRefused, .mailRefused, .other:
            return .unknown(Reason("not-asked", step: step, got: error.message))
        }
    }

    private static func words(_ verification: Verification) -> String? {
        if case .untrusted(let words) = verification { words } else { nil }
    }

    /// The system's words before libcurl's.
    private static func said(_ error: TransferError) -> String {
        guard error.errno != 0, let words = strerror(error.errno) else { return error.message }
        return "\(String(cString: words)): \(error.message)"
    }
}
