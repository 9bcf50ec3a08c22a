package import SIPSettings
package import Vocabulary

/// What a final status says about its target, as a value: one row of the table on the probe's page each.
///
/// Any answer shows that a stack is alive; whether that is what was asked for depends on who answered.
package struct SIPVerdict: Sendable {
    package var settings: SIPSettings
    /// Whom was asked for, e.g. `sip:room1@192.0.2.7`.
    package var asked: String
    /// A login was sent with the request that this status answers.
    package var hadLogin: Bool

    package init(_ settings: SIPSettings, asked: String, hadLogin: Bool = false) {
        self.settings = settings
        self.asked = asked
        self.hadLogin = hadLogin
    }

    package func outcome(status: Int, phrase: @autoclosure () -> String = "") -> Outcome {
        // Nearly all there is: no words for it.
        if settings.expected == nil, (200..<400).contains(status) { return .up }
        let phrase = phrase()
        let got = phrase.isEmpty ? "\(status)" : "\(status) \(phrase)"
        if let expected = settings.expected {
            guard !expected.contains(status) else { return .up }
            return .down(Reason("status", step: "response", expected: expected.description, got: got))
        }
        switch status {
        case 200..<400: return .up
        case 401, 407: return challenged(got)
        case 403 where hadLogin: return loginRefused(got)
        case 482, 483:
            return .degraded(Reason("routing-loop", step: "response", expected: "an answer from \(asked)", got: got))
        case 503: return .degraded(Reason("overloaded", step: "response", expected: "a service", got: got))
        case 501 where settings.method == .options: return .up
        default: break
        }
        if settings.method == .register { return registrar(status, got) }
        return settings.peer == .proxy ? proxy(status, got) : endpoint(status, got)
    }

    /// With too few bindings nobody reaches the user, whatever state the device itself is in.
    package func outcome(bindings: [Binding]) -> Outcome {
        guard bindings.count < settings.bindings else { return .up }
        guard let first = bindings.first else {
            return .down(
                Reason("not-registered", step: "response", expected: "\(asked) registered", got: "no binding"))
        }
        return .down(
            Reason(
                "not-registered", step: "response", expected: "\(asked) registered \(settings.bindings) times",
                got: "\(bindings.count): \(first.contact)"))
    }

    /// 401 without a login only shows that somebody is there, which is all that OPTIONS asks.
    private func challenged(_ got: String) -> Outcome {
        if hadLogin { return loginRefused(got) }
        guard settings.method == .register || settings.login != nil else { return .up }
        return .unknown(
            Reason("login-required", step: "response", expected: "the bindings of \(asked)", got: got))
    }

    private func loginRefused(_ got: String) -> Outcome {
        .degraded(
            Reason(
                "login-refused", step: "response", expected: "\(settings.login ?? "?") to be let in", got: got))
    }

    private func endpoint(_ status: Int, _ got: String) -> Outcome {
        switch status {
        // The device answers for another user than the one asked for, or was moved.
        case 404, 410, 484, 485, 604:
            guard !settings.user.isEmpty else { return .up }
            return .degraded(Reason("no-such-user", step: "response", expected: "\(asked) to be known", got: got))
        // What stands at the target passes on after all, and hears nothing.
        case 408, 504:
            return .degraded(
                Reason("next-hop-timeout", step: "response", expected: "an answer from \(asked)", got: got))
        case 500, 502, 505..<600: return serverError(got)
        // Busy, in a call, do not disturb, not willing to say: alive. 406, 415, 420 and their like are about our words.
        default: return .up
        }
    }

    private func proxy(_ status: Int, _ got: String) -> Outcome {
        switch status {
        case 404, 410, 484, 485, 604:
            guard !settings.user.isEmpty else { return .up }
            return .down(Reason("not-registered", step: "response", expected: "\(asked) registered", got: got))
        case 480:
            guard !settings.user.isEmpty else { return .up }
            return .down(Reason("next-hop-unavailable", step: "response", expected: "\(asked) reachable", got: got))
        case 408, 504:
            return .down(Reason("next-hop-timeout", step: "response", expected: "an answer from \(asked)", got: got))
        case 500, 502, 505..<600: return serverError(got)
        default: return .up
        }
    }

    private func registrar(_ status: Int, _ got: String) -> Outcome {
        switch status {
        case 404, 410, 604:
            return .down(Reason("not-registered", step: "response", expected: "\(asked) registered", got: got))
        case 403:
            return .degraded(Reason("refused", step: "response", expected: "the bindings of \(asked)", got: got))
        case 405, 501:
            return .unknown(Reason("not-a-registrar", step: "response", expected: "a registrar", got: got))
        case 408, 504:
            return .down(Reason("next-hop-timeout", step: "response", expected: "an answer from \(asked)", got: got))
        case 500, 502, 505..<600: return serverError(got)
        default:
            return .unknown(Reason("refused", step: "response", expected: "the bindings of \(asked)", got: got))
        }
    }

    private func serverError(_ got: String) -> Outcome {
        .degraded(Reason("server-error", step: "response", expected: "an answer in order", got: got))
    }
}
