import Curl
import Glibc
import HTTPSettings
import Vocabulary

extension Judgement {
    /// A target that fails is down; what failed on our side is unknown.
    func outcome(of error: TransferError, certificate: Certificate?) -> Outcome {
        let step = error.step.rawValue
        switch error.kind {
        case .unconnected: return unconnected(error)
        case .unresolved: return unresolved(error)
        case .timedOut:
            // A resolver that does not answer says nothing about the target.
            if error.step == .resolve {
                return .unknown(
                    Reason("resolver-failed", step: step, expected: "an answer from the resolver", got: error.message))
            }
            return .down(Reason("timeout", step: step, expected: "an answer in time", got: error.message))
        case .unverified(let verification): return unverified(verification, error, certificate)
        case .tlsFailed, .keyMismatch:
            return .down(Reason("tls-failed", step: "tls", expected: "a TLS handshake", got: error.message))
        case .lost: return .down(Reason("connection-lost", step: step, expected: "a whole answer", got: error.message))
        case .protocolViolated:
            return .down(Reason("not-http", step: step, expected: "HTTP or HTTPS", got: error.message))
        case .tooManyRedirects:
            return .down(
                Reason(
                    "redirects", step: step, expected: "at most \(settings.redirects) redirects", got: error.message))
        case .noSocket: return .unknown(Reason("no-local-socket", step: step, got: said(error)))
        case .badCredentials:
            return .unknown(
                Reason(
                    "no-authorities", step: step, expected: "the system's certificate authorities", got: error.message))
        case .cancelled, .closed: return .unknown(Reason("cancelled", step: step, got: error.message))
        case .invalid, .other, .noEncryption, .loginRefused, .mailRefused:
            return .unknown(Reason("not-asked", step: step, got: error.message))
        }
    }

    private func unconnected(_ error: TransferError) -> Outcome {
        let code =
            switch error.errno {
            case ECONNREFUSED: "connection-refused"
            case ETIMEDOUT: "timeout"
            default: "unreachable"
            }
        return .down(Reason(code, step: "connect", expected: "a connection", got: said(error)))
    }

    private func unresolved(_ error: TransferError) -> Outcome {
        switch lookUp {
        case .noSuchName, nil:
            .down(Reason("name-not-found", step: "resolve", expected: "an address", got: error.message))
        case .found:
            // It has one after all, by now or of another family.
            .down(
                Reason(
                    "name-not-found", step: "resolve", expected: "an address of family \(settings.family)",
                    got: error.message))
        case .failed(let words):
            .unknown(Reason("resolver-failed", step: "resolve", expected: "an answer from the resolver", got: words))
        }
    }

    private func unverified(
        _ verification: Verification, _ error: TransferError, _ certificate: Certificate?
    ) -> Outcome {
        switch verification {
        case .expired:
            let end = certificate?.notAfter.map { "it ended \($0)" } ?? error.message
            return .down(Reason("certificate-expired", step: "tls", expected: "a valid certificate", got: end))
        case .wrongName:
            let names = certificate?.names.joined(separator: ", ") ?? ""
            return .down(
                Reason(
                    "certificate-name", step: "tls", expected: "a certificate for this host",
                    got: names.isEmpty ? error.message : String(names.prefix(300))))
        case .notYetValid:
            let start = certificate?.notBefore.map { "it begins \($0)" } ?? error.message
            return .down(Reason("certificate-untrusted", step: "tls", expected: "a valid certificate", got: start))
        case .untrusted(let words):
            let issuer = certificate.map { "; issued by \($0.issuer)" } ?? ""
            return .down(
                Reason("certificate-untrusted", step: "tls", expected: "a known authority", got: words + issuer))
        case .passed:
            return .down(Reason("certificate-untrusted", step: "tls", got: error.message))
        }
    }

    private func said(_ error: TransferError) -> String {
        guard error.errno != 0, let words = strerror(error.errno) else { return error.message }
        return "\(String(cString: words)): \(error.message)"
    }
}
