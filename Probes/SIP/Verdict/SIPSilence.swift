package import Curl
import Glibc
package import Keys
import ProbeSockets
package import Sockets
package import Vocabulary

/// Why no final response came, as what the transport saw; each has its own reason.
package enum SIPSilence: Error, Sendable {
    /// UDP: nothing by the end, after so many sends.
    case unanswered(sends: Int)
    /// UDP: an ICMP error came instead.
    case fault(ICMPFault)
    /// A connection that was not to be had.
    case unconnected(TCPConnection.Failure)
    /// TCP or TLS: accepted, and then nothing; whether it answered an empty line (RFC 5626, 3.5.1).
    case accepted(keptAlive: Bool)
    /// TCP or TLS: the other side ended the connection without an answer.
    case ended(SystemError?)
    /// It says only that it is at work.
    case provisional
    /// What came is not SIP; its beginning.
    case rubbish([UInt8])
    /// TLS, or what led to it.
    case transfer(TransferError)
    /// This machine let nothing out.
    case unsent(SystemError)
    /// libcrypto has no such hash here, or no randomness.
    case unanswerable(KeysError)
    case stopping
    case cancelled

    package var outcome: Outcome {
        switch self {
        case .unanswered(let sends):
            return .down(
                Reason(
                    "timeout", step: "response", expected: "a SIP response", got: "nothing, asked \(sends) times"))
        case .fault(let fault): return SocketVerdict.outcome(of: fault, expected: "a SIP response")
        case .unconnected(let failure): return SocketVerdict.outcome(ofConnecting: failure)
        case .accepted(keptAlive: true):
            return .down(
                Reason(
                    "no-answer", step: "response", expected: "a SIP response", got: "an answer to keep-alives only"))
        case .accepted:
            return .down(
                Reason(
                    "no-answer", step: "response", expected: "a SIP response",
                    got: "a connection, and nothing over it"))
        case .ended(nil):
            return .down(
                Reason(
                    "connection-lost", step: "response", expected: "a SIP response", got: "the end of the connection"))
        case .ended(let error?):
            return .down(Reason("connection-lost", step: "response", expected: "a SIP response", got: error.text))
        case .provisional:
            return .down(
                Reason(
                    "no-final-answer", step: "response", expected: "a final response", got: "provisional ones only"))
        case .rubbish(let bytes):
            return .down(
                Reason("not-sip", step: "response", expected: "a SIP response", got: Self.quoted(bytes)))
        case .transfer(let error): return Self.outcome(of: error)
        case .unsent(let error): return SocketVerdict.outcome(ofSending: error)
        case .unanswerable(let error):
            return .unknown(
                Reason("login-unsupported", step: "send", expected: "an answer to the challenge", got: "\(error)"))
        case .stopping: return .unknown(Reason("stopping"))
        case .cancelled: return .unknown(Reason("cancelled"))
        }
    }

    private static func outcome(of error: TransferError) -> Outcome {
        let step = error.step.rawValue
        let words = SystemError("connect", code: error.errno).text
        switch error.kind {
        case .unconnected where error.errno == ECONNREFUSED:
            return .down(Reason("connection-refused", step: "connect", expected: "a connection", got: words))
        case .unconnected:
            return .down(
                Reason(
                    "unreachable", step: "connect", expected: "a connection",
                    got: error.errno == 0 ? error.message : words))
        case .timedOut where error.step == .connect:
            return .down(
                Reason("timeout", step: step, expected: "an answer to SYN", got: "nothing before the deadline"))
        case .timedOut:
            return .down(
                Reason("timeout", step: step, expected: "a TLS handshake", got: "nothing before the deadline"))
        case .tlsFailed, .keyMismatch, .lost, .protocolViolated:
            return .down(Reason("tls-failed", step: "tls", expected: "a TLS handshake", got: error.message))
        case .unverified(let verification):
            let code =
                switch verification {
                case .expired: "certificate-expired"
                case .wrongName: "certificate-name"
                case .passed, .notYetValid, .untrusted: "certificate-untrusted"
                }
            return .down(Reason(code, step: "tls", expected: "a valid certificate", got: error.message))
        case .noSocket: return .unknown(Reason("no-sockets", step: step, got: words))
        case .badCredentials: return .unknown(Reason("no-authorities", step: step, got: error.message))
        case .cancelled, .closed: return .unknown(Reason("cancelled", step: step))
        default: return .unknown(Reason("not-asked", step: step, got: error.message))
        }
    }

    /// The first bytes as people can read them.
    private static func quoted(_ bytes: [UInt8]) -> String {
        let shown = bytes.prefix(40).map { $0 >= 0x20 && $0 < 0x7f ? $0 : UInt8(ascii: ".") }
        return "\"\(String(decoding: shown, as: UTF8.self))\""
    }
}
