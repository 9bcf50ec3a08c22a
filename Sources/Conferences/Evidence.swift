import Vocabulary

/// What one check says of one gate. A check speaks of several: that a device answers with an expired certificate says
/// that it is there.
struct Evidence: Hashable {
    var gate: Gate
    var outcome: Outcome
    var since: Instant?
    var check: ConferenceSite.Check
    var asset: String
    var depth: Int
    /// When the certificate ends.
    var ends: Instant?

    var state: State { outcome.state }

    /// Whether something answered after a moment, as far as its last question tells; a nil moment is before all others.
    func answers(after moment: Instant?) -> Bool {
        guard state == .up || state == .degraded else { return false }
        guard check.last != .down, check.last != .unknown else { return false }
        guard let moment else { return true }
        return check.asked.map { $0 > moment } ?? false
    }
}

extension ConferenceSite.Asset {
    /// Reasons that speak of registration, whatever check gives them.
    private static let registration: Set<String> = [
        "not-registered", "no-such-user", "next-hop-unavailable", "gatekeeper-unreachable", "gatekeeper-rejects",
        "not-a-registrar", "not-allowed",
    ]
    /// How a way is that works badly; a codec is asked more strictly than a line, and it is still the way that is meant.
    private static let way: Set<String> = ["packet-loss", "high-latency", "high-jitter", "path-mtu"]
    private static let notYetAsked = Outcome.unknown(Reason("not-yet-asked"))

    var evidence: [Evidence] { checks.flatMap(evidence) }

    private func evidence(_ check: ConferenceSite.Check) -> [Evidence] {
        let outcome = check.outcome ?? Self.notYetAsked
        var found: [Evidence] = []
        func say(_ gate: Gate?, _ outcome: Outcome, ends: Instant? = nil) {
            guard let gate else { return }
            found.append(
                Evidence(
                    gate: gate, outcome: outcome, since: check.since, check: check, asset: name, depth: depth,
                    ends: ends))
        }
        let (own, code) = (gate(of: check), outcome.reason?.code ?? "")
        if code.hasPrefix("certificate-") {
            say(.certificate, outcome, ends: check.certificateEnds)
            switch own {
            // Where certificates are demanded nothing was asked behind a bad one.
            case .signalling where outcome.state == .down: say(.signalling, outcome)
            case .registration: say(.registration, .unknown(outcome.reason ?? .unstated))
            default: say(own, .up)
            }
        } else if part == .codec, Self.registration.contains(code) {
            say(.registration, outcome)
            if own != .registration { say(own, .up) }
            sayOfCertificate()
        } else if part == .codec, check.kind == "icmp", outcome.state == .degraded, Self.way.contains(code) {
            say(.line, outcome)
            say(.codec, .up)
        } else {
            say(own, outcome)
            // What a codec says of the way to it counts for as long as nothing on the way says more.
            if part == .codec, check.kind == "icmp" { say(.line, outcome.state == .down ? unseen(outcome) : outcome) }
            if check.kind == "codec", own == .codec { sayOfRegistration() }
            sayOfCertificate()
        }
        return found

        func sayOfCertificate() {
            guard let ends = check.certificateEnds else { return }
            let isSeen = outcome.state == .up || outcome.state == .degraded
            say(.certificate, isSeen ? .up : unseen(outcome), ends: ends)
        }

        func sayOfRegistration() {
            switch outcome.state {
            case .up: if check.isRegistered != nil { say(.registration, .up) }
            case .degraded:
                // A graver trouble stands before it.
                guard let isRegistered = check.isRegistered else { return }
                say(.registration, isRegistered ? .up : .degraded(Reason("not-registered", step: "registration")))
            case .down, .unknown: say(.registration, unseen(outcome))
            }
        }
    }

    private func unseen(_ outcome: Outcome) -> Outcome { .unknown(outcome.reason ?? .unstated) }

    /// The gate that a check is there for; nil: none.
    private func gate(of check: ConferenceSite.Check) -> Gate? {
        switch part {
        case .way: .line
        case .other: nil
        case .codec:
            switch (check.kind, check.method) {
            case ("sip", "register"), ("h323", "registration"), ("h323", "gatekeeper"): .registration
            case ("sip", _), ("h323", _): .signalling
            default: .codec
            }
        }
    }
}
