import Sockets
package import Vocabulary

/// What a failed question says about the device.
package enum SNMPVerdict {
    /// `step`: what was asked, e.g. `greeting`.
    package static func outcome(of failure: SNMPSession.Failure, step: String) -> Outcome {
        switch failure {
        case .silence, .deadline:
            return .down(
                Reason("no-response", step: step, expected: "an answer to SNMP", got: "nothing before the deadline"))
        case .refused(let fault):
            let code = fault.kind == .portUnreachable ? "port-closed" : "unreachable"
            return .down(Reason(code, step: step, expected: "an answer to SNMP", got: fault.description))
        case .malformed(let problem):
            return .down(Reason("malformed", step: step, expected: "an SNMP message", got: problem))
        case .security(let words):
            // The device is there and talks; it is this question that may not be asked.
            return .unknown(Reason("access-refused", step: step, expected: "to be let in", got: words))
        case .cannotSend(let error):
            return .unknown(Reason("cannot-send", step: step, got: error.description))
        case .cancelled:
            return .unknown(Reason("cancelled", step: step))
        }
    }
}
