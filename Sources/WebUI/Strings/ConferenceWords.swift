package import Conferences

/// The conference page, and what is said of a site that cannot take part.
struct ConferenceWords: Sendable {
    let title, searchHint, verdicts, levels, legend, gates, anyGate, noneMatch, none, everywhere: String
    let headline: @Sendable (_ ready: String, _ sites: String) -> String
    /// How many of a level's sites are ready.
    let share: @Sendable (_ ready: String, _ sites: String) -> String
    /// What a gate's count in its heading leads to.
    let troubled: @Sendable (_ gate: String, _ sites: String) -> String
    let verdict: @Sendable (SiteReadiness.Verdict) -> String
    let gate: @Sendable (Gate) -> String
    let state: @Sendable (GateStanding.State) -> String
    let trouble: @Sendable (KnownTrouble) -> String
    let expired: @Sendable (_ date: String) -> String
    let expires: @Sendable (_ date: String) -> String
    /// What has failed, and how many sites it takes with it.
    let takesAlong: @Sendable (_ name: String, _ sites: String) -> String
    /// What stands elsewhere is down, or works badly, and takes so many other sites with it.
    let cutOff: @Sendable (_ by: String, _ others: Int) -> String
    let impaired: @Sendable (_ by: String, _ others: Int) -> String
}

/// What a person at the site, or one who calls there, can do something with: a trouble in plain words.
package enum KnownTrouble: String, CaseIterable, Sendable {
    case lineCut, lineSilent, lineHalf, lineLossy, lineSlow, lineUnsteady, lineLargePackets, lineFlaps
    case codecSilent, codecHalf, codecFlaps, cameraMissing, microphoneMissing, displayMissing
    case callsHang, callsRefused, callsStopped, callsSlow, callsNobody
    case notRegistered, registrarAway, registrationRefused
    case certificateName, certificateUntrusted
    case agentSilent, notYetAsked, noPassword, passwordRefused

    /// nil: the general words for the reason are the best there are.
    package init?(gate: Gate, state: GateStanding.State, code: String) {
        let known: KnownTrouble?
        switch (gate, state) {
        case (_, .unknown): known = Self.unknown(code)
        case (.line, _): known = Self.line(code, isHalf: state == .degraded)
        case (.codec, _): known = Self.codec(code, isHalf: state == .degraded)
        case (.signalling, _): known = Self.calls(code)
        case (.registration, _): known = Self.registration(code)
        case (.certificate, _):
            known = ["certificate-name": .certificateName, "certificate-untrusted": .certificateUntrusted][code]
        case (.hours, _): known = nil
        }
        guard let known else { return nil }
        self = known
    }

    private static func unknown(_ code: String) -> KnownTrouble? {
        switch code {
        case "agent-silent": .agentSilent
        case "not-yet-asked": .notYetAsked
        case "no-secret": .noPassword
        case "login-refused", "access-refused", "login-required": .passwordRefused
        default: nil
        }
    }

    private static func line(_ code: String, isHalf: Bool) -> KnownTrouble? {
        switch code {
        case "unreachable", "prohibited": isHalf ? .lineHalf : .lineCut
        case "no-reply", "timeout": isHalf ? .lineHalf : .lineSilent
        case "packet-loss": .lineLossy
        case "high-latency", "slow": .lineSlow
        case "high-jitter": .lineUnsteady
        case "path-mtu": .lineLargePackets
        case "flapping": .lineFlaps
        default: nil
        }
    }

    private static func codec(_ code: String, isHalf: Bool) -> KnownTrouble? {
        switch code {
        case "no-reply", "unreachable": isHalf ? .codecHalf : .codecSilent
        case "timeout", "connection-refused", "connection-reset", "connection-lost", "no-response", "tls-failed":
            isHalf ? .codecHalf : .codecSilent
        case "flapping": .codecFlaps
        case "camera-missing": .cameraMissing
        case "microphone-missing": .microphoneMissing
        case "display-missing": .displayMissing
        default: nil
        }
    }

    private static func calls(_ code: String) -> KnownTrouble? {
        switch code {
        case "timeout", "no-answer", "no-final-answer", "no-reply", "connection-lost": .callsHang
        case "connection-refused", "connection-reset": .callsRefused
        case "overloaded", "server-error", "status": .callsStopped
        case "slow": .callsSlow
        case "not-sip", "not-h323": .callsNobody
        default: nil
        }
    }

    private static func registration(_ code: String) -> KnownTrouble? {
        switch code {
        case "not-registered", "no-such-user": .notRegistered
        case "gatekeeper-unreachable", "next-hop-unavailable": .registrarAway
        case "gatekeeper-rejects": .registrationRefused
        default: nil
        }
    }
}

extension Words {
    /// A trouble in plain words.
    package func trouble(_ known: KnownTrouble) -> String { conference.trouble(known) }
}
