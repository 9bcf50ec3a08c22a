import Glibc
package import Sockets
package import Vocabulary

/// What a socket that led to no answer says of its target: what the network or the target did is down, what this machine
/// did is unknown (connect(2), tcp(7), udp(7)).
package enum SocketVerdict {
    package static func outcome(ofConnecting failure: TCPConnection.Failure) -> Outcome {
        switch failure {
        case .timedOut: return connectTimeout
        case .mirror: return mirror
        case .ended: return .down(Reason("connection-lost", step: "connect", expected: "a connection"))
        case .cancelled: return .unknown(Reason("cancelled", step: "connect"))
        case .stopping: return .unknown(Reason("stopping", step: "connect"))
        case .refused(let error): return outcome(ofRefusal: error)
        case .system(let error): return outcome(ofConnecting: error)
        }
    }

    package static let connectTimeout = Outcome.down(
        Reason("timeout", step: "connect", expected: "an answer to SYN", got: "nothing before the deadline"))

    /// On loopback a connection may meet itself: nobody listens on that port.
    package static let mirror = Outcome.down(
        Reason("connection-refused", step: "connect", expected: "a connection", got: "a connection to itself"))

    /// This machine refused before anything was sent.
    private static func outcome(ofRefusal error: SystemError) -> Outcome {
        switch error.code {
        // A refusal that comes at once on loopback is the target's all the same.
        case ECONNREFUSED, ECONNRESET: outcome(ofConnecting: error)
        case ENETUNREACH, EHOSTUNREACH, ENETDOWN, EINVAL:
            .unknown(Reason("no-route", step: "connect", got: error.text))
        case EADDRNOTAVAIL, EMFILE, ENFILE, ENOBUFS, ENOMEM, EAFNOSUPPORT, EAGAIN:
            .unknown(Reason("no-sockets", step: "connect", got: error.text))
        default: .unknown(Reason("cannot-connect", step: "connect", got: error.description))
        }
    }

    /// What came after SYN had left: the network's or the target's answer.
    private static func outcome(ofConnecting error: SystemError) -> Outcome {
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

    package static func outcome(ofSending error: SystemError) -> Outcome {
        switch error.code {
        case ENETUNREACH, EHOSTUNREACH, ENETDOWN, EINVAL:
            .unknown(Reason("no-route", step: "send", got: error.text))
        case EMFILE, ENFILE, ENOBUFS, ENOMEM, EAFNOSUPPORT, EAGAIN, EADDRNOTAVAIL:
            .unknown(Reason("no-sockets", step: "send", got: error.text))
        default: .unknown(Reason("cannot-send", step: "send", got: error.description))
        }
    }

    /// A closed port is the host's own word; everything else is somebody's on the way.
    package static func outcome(of fault: ICMPFault, expected: String) -> Outcome {
        let code =
            switch fault.kind {
            case .portUnreachable, .protocolUnreachable: "connection-refused"
            case .prohibited: "prohibited"
            default: "unreachable"
            }
        return .down(Reason(code, step: "send", expected: expected, got: fault.description))
    }
}
