import Curl
import Glibc
import Vocabulary

/// What a request that reached no end says of the device.
enum CodecFailure {
    static func outcome(of error: TransferError) -> Outcome {
        let step = error.step.rawValue
        switch error.kind {
        case .unconnected:
            let code =
                switch error.errno {
                case ECONNREFUSED: "connection-refused"
                case ETIMEDOUT: "timeout"
                default: "unreachable"
                }
            return .down(Reason(code, step: "connect", expected: "a connection", got: error.message))
        case .timedOut where error.step == .resolve, .unresolved:
            // libcurl does not tell "no such name" from "no resolver".
            return .unknown(
                Reason("resolver-failed", step: "resolve", expected: "an address", got: error.message))
        case .timedOut:
            return .down(Reason("timeout", step: step, expected: "an answer in time", got: error.message))
        case .tlsFailed, .keyMismatch, .unverified:
            return .down(Reason("tls-failed", step: "tls", expected: "a TLS handshake", got: error.message))
        case .lost:
            return .down(Reason("connection-lost", step: step, expected: "a whole answer", got: error.message))
        case .protocolViolated:
            return .down(Reason("not-http", step: step, expected: "HTTP or HTTPS", got: error.message))
        case .noSocket: return .unknown(Reason("no-local-socket", step: step, got: error.message))
        case .cancelled, .closed: return .unknown(Reason("cancelled", step: step, got: error.message))
        case .invalid, .noEncryption, .loginRefused, .mailRefused, .tooManyRedirects, .badCredentials, .other:
            return .unknown(Reason("not-asked", step: step, got: error.message))
        }
    }
}
