package import H323Settings
import ProbeSockets
package import Sockets
package import Vocabulary

/// Why no answer came, as what the transport saw; each has its own reason.
package enum H323Silence: Error, Hashable, Sendable {
    /// RAS: nothing by the end, after so many sends.
    case unanswered(sends: Int)
    /// RAS: only the word that the answer is still to come.
    case inProgress
    /// RAS: an ICMP error came instead.
    case fault(ICMPFault)
    /// RAS: the datagram has the question's number and cannot be read.
    case garbled([UInt8])
    /// This machine let nothing out.
    case unsent(SystemError)
    /// A connection that was not to be had.
    case connection(TCPConnection.Failure)
    /// The connection was accepted, and nothing came over it.
    case accepted(askedWithSetup: Bool)
    /// The device ended the connection without a word.
    case ended(SystemError?)
    /// What came is not call signalling; its beginning.
    case rubbish([UInt8])
    /// Somebody else asked the device all the time.
    case busy
    case cancelled
    case stopping

    package func outcome(_ settings: H323Settings) -> Outcome {
        let wanted = settings.method == .status ? Self.deviceAnswer : Self.gatekeeperAnswer
        switch self {
        case .unanswered(let sends):
            return .down(
                Reason("timeout", step: "response", expected: wanted, got: "nothing, asked \(sends) times"))
        case .inProgress:
            return .down(
                Reason("no-final-answer", step: "response", expected: wanted, got: "provisional ones only"))
        case .fault(let fault): return SocketVerdict.outcome(of: fault, expected: wanted)
        case .garbled(let bytes), .rubbish(let bytes):
            return .down(Reason("not-h323", step: "response", expected: wanted, got: Self.quoted(bytes)))
        case .unsent(let error): return SocketVerdict.outcome(ofSending: error)
        case .connection(let failure): return SocketVerdict.outcome(ofConnecting: failure)
        case .accepted(askedWithSetup: true):
            return .down(
                Reason(
                    "no-answer", step: "response", expected: "an answer to SETUP",
                    got: "a connection, and nothing over it"))
        // Stacks are known that never answer STATUS ENQUIRY and are well.
        case .accepted where settings.silence == .up: return .up
        case .accepted:
            return .degraded(
                Reason(
                    "no-answer", step: "response", expected: wanted, got: "a connection, and nothing over it"))
        case .ended(nil):
            return .degraded(
                Reason("connection-lost", step: "response", expected: wanted, got: "the end of the connection"))
        case .ended(let error?):
            return .degraded(Reason("connection-lost", step: "response", expected: wanted, got: error.text))
        case .busy: return .unknown(Reason("busy"))
        case .cancelled: return .unknown(Reason("cancelled"))
        case .stopping: return .unknown(Reason("stopping"))
        }
    }

    private static let deviceAnswer = "an answer to STATUS ENQUIRY"
    private static let gatekeeperAnswer = "an answer of a gatekeeper"

    private static func quoted(_ bytes: [UInt8]) -> String {
        let shown = bytes.prefix(24)
        if shown.allSatisfy({ $0 >= 0x20 && $0 < 0x7f || $0 == 0x0d || $0 == 0x0a }) {
            return "\"" + String(decoding: shown.filter { $0 >= 0x20 }, as: UTF8.self) + "\""
        }
        return shown.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined(separator: " ")
    }
}
