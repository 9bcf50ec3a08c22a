import Glibc
package import Sockets
package import Vocabulary

/// What the failure of a connection means, by its `errno` and by when it came (connect(2), tcp(7)).
package enum TCPVerdict {
    /// Neither acceptance nor refusal by the deadline.
    package static let silence = Outcome.down(
        Reason("timeout", step: "connect", expected: "an answer to SYN", got: "nothing before the deadline"))

    /// On loopback the kernel may give the connection the very port that it connects to, and it then meets itself:
    /// nobody listens there.
    package static let mirror = Outcome.down(
        Reason("connection-refused", step: "connect", expected: "a connection", got: "a connection to itself"))

    /// This machine refused before anything was sent.
    package static func outcome(ofRefusal error: SystemError) -> Outcome {
        switch error.code {
        // A refusal that comes at once on loopback is the target's all the same.
        case ECONNREFUSED, ECONNRESET: return outcome(ofError: error)
        case ENETUNREACH, EHOSTUNREACH, ENETDOWN, EINVAL:
            return .unknown(Reason("no-route", step: "connect", got: error.text))
        case EADDRNOTAVAIL, EMFILE, ENFILE, ENOBUFS, ENOMEM, EAFNOSUPPORT, EAGAIN:
            return .unknown(Reason("no-sockets", step: "connect", got: error.text))
        default:
            return .unknown(Reason("cannot-connect", step: "connect", got: error.description))
        }
    }

    /// What came after SYN had left: the network's or the target's answer.
    package static func outcome(ofError error: SystemError) -> Outcome {
        let code =
            switch error.code {
            case ECONNREFUSED: "connection-refused"
            case ETIMEDOUT: "timeout"
            case EHOSTUNREACH, ENETUNREACH, EHOSTDOWN: "unreachable"
            case EACCES, EPERM: "prohibited"
            case ECONNRESET, ECONNABORTED, EPIPE: "connection-reset"
            default: "connect-failed"
            }
        return .down(Reason(code, step: "connect", expected: "a connection", got: error.text))
    }
}
