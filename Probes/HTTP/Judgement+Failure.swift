import Curl
import HTTPSettings
import ProbeTransfer
import TLS
import Vocabulary

extension Judgement {
    /// A target that fails is down; what failed on our side is unknown.
    func outcome(of error: TransferError) -> Outcome {
        let step = error.step.rawValue
        if settings.proxy != nil, let outcome = proxyOutcome(of: error) { return outcome }
        switch error.kind {
        case .unresolved: return unresolved(error)
        case .unverified(let verification): return unverified(verification, error, error.certificate)
        case .tooManyRedirects:
            return .down(
                Reason(
                    "redirects", step: step, expected: "at most \(settings.redirects) redirects", got: error.message))
        default: return TransferVerdict.outcome(of: error)
        }
    }

    /// A proxy that is not to be had says nothing of what is behind it.
    private func proxyOutcome(of error: TransferError) -> Outcome? {
        switch error.kind {
        case .unconnected, .unresolved:
            return .unknown(
                Reason("proxy-failed", step: error.step.rawValue, expected: "a connection", got: error.message))
        case .timedOut where error.step == .resolve || error.step == .connect && error.proxyStatus == 0:
            return .unknown(
                Reason("proxy-failed", step: error.step.rawValue, expected: "an answer in time", got: error.message))
        default: break
        }
        switch error.proxyStatus {
        case 500...599:
            return .down(
                Reason(
                    "unreachable", step: "connect", expected: "a connection",
                    got: "HTTP \(error.proxyStatus) from the proxy"))
        case 300...499:
            return .unknown(
                Reason(
                    "proxy-refused", step: "connect", expected: "a connection",
                    got: "HTTP \(error.proxyStatus) from the proxy"))
        default: return nil
        }
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
        _ verification: Verification, _ error: TransferError, _ certificate: PeerCertificate?
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
}
