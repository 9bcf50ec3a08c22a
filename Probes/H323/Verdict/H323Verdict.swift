package import H323Settings
package import Vocabulary

/// What an answer says about its target, as a value.
package enum H323Verdict {
    /// Any message of call signalling shows that the stack is alive; some say that it is not well.
    package static func outcome(of message: Q931Message, _ information: UserInformation?) -> Outcome {
        guard message.kind == .releaseComplete, information?.reason == .unreachableGatekeeper else { return .up }
        return .degraded(
            Reason(
                "gatekeeper-unreachable", step: "response", expected: "a device with a gatekeeper",
                got: "release complete: unreachableGatekeeper"))
    }

    package static func outcome(of reply: RASReply, asking alias: H323Alias?) -> Outcome {
        switch reply.kind {
        case .gatekeeperConfirm, .locationConfirm: .up
        case .gatekeeperReject(let reason): refused(endpoint: reason)
        case .locationReject(let reason): rejected(reason, alias?.description ?? "")
        case .inProgress:
            .down(
                Reason(
                    "no-final-answer", step: "response", expected: "an answer of a gatekeeper",
                    got: "provisional ones only"))
        case .unknownMessage:
            .unknown(
                Reason(
                    "refused", step: "response", expected: "an answer of a gatekeeper", got: "unknown message response")
            )
        }
    }

    /// It is there and answers; whom it takes is its own affair, but that it has no room is not.
    private static func refused(endpoint reason: String) -> Outcome {
        let got = "gatekeeper reject: \(reason)"
        guard reason != "resourceUnavailable" else {
            return .degraded(Reason("overloaded", step: "response", expected: "a service", got: got))
        }
        return .degraded(
            Reason("gatekeeper-rejects", step: "response", expected: "a gatekeeper that takes endpoints", got: got))
    }

    private static func rejected(_ reason: String, _ alias: String) -> Outcome {
        let got = "location reject: \(reason)"
        switch reason {
        // GnuGk says requestDenied of an alias that it does not know.
        case "notRegistered", "requestDenied", "noRouteToDestination", "unallocatedNumber", "incompleteAddress":
            return .down(Reason("not-registered", step: "response", expected: "\(alias) registered", got: got))
        case "resourceUnavailable":
            return .degraded(Reason("overloaded", step: "response", expected: "a service", got: got))
        // The gatekeeper is well and keeps from us whether the alias is.
        case "securityDenial", "invalidPermission", "securityError", "securityDHmismatch":
            return .unknown(Reason("not-allowed", step: "response", expected: "\(alias) registered", got: got))
        default:
            return .unknown(Reason("refused", step: "response", expected: "\(alias) registered", got: got))
        }
    }
}
