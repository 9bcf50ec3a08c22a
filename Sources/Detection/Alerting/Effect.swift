package import Vocabulary

/// What the engine wants done; all of it lands in the transaction that made it decide.
package enum Effect: Hashable, Sendable {
    /// What is told, of an incident, to whom routes want for that importance.
    package enum Telling: String, Hashable, Sendable {
        case problem
        /// What was told as degraded is down now.
        case worse
        /// It still fails, and the time of whoever had it is over; to exactly those who were told of the problem.
        case reminder
        /// To exactly those who were told of the problem.
        case recovery
    }

    /// An alert as it is now: new, changed or resolved.
    case alert(Alert)
    /// An incident as it is now.
    case incident(Incident)
    /// The time of whoever had an incident is over.
    case lapsed(incident: Int64)
    /// Who had an incident has the one that it became part of, perhaps under its own number, and without an end.
    case handed(from: Int64, to: Int64)
    case tell(Telling, incident: Int64, importance: Importance)
    /// What is said beside the alerts; of the telling that follows.
    case scene(Scene)
    case decided(Decision)
}

/// One decision with its reason, for whoever asks why there was a message, or none.
package struct Decision: Hashable, Sendable {
    package enum Verdict: Hashable, Sendable {
        /// Somebody must act.
        case opened
        /// Its asset is in maintenance or outside its hours: nothing is opened.
        case quiet(Quiet)
        /// A maintenance has ended, and it is not up again.
        case overran(String)
        /// What it depends on is in maintenance: nothing is opened.
        case quietCause(Int64, Quiet)
        /// What it depends on fails since then: it belongs to that.
        case caused(by: Int64, since: Instant?)
        /// The asset itself cannot be reached since then: it belongs to that.
        case unreachable(since: Instant?)
        /// Told when it has lasted until then: what is that important has that patience.
        case waits(until: Instant, Importance, Patience)
        /// It was joined with others: why, and how many assets that are.
        case joined(Incident.Cause, assets: Int)
        case told(Effect.Telling, importance: Importance)
        /// Nothing holds it any more, but its incident was told before: no second message.
        case alreadyTold
        /// No route is for that importance: nobody is told.
        case noRoute(Importance)
        /// Over before the patience with what is that important was.
        case brief(lasted: Duration, Importance, Patience)
        /// Over, and nobody was told of it, because it was held.
        case heldThroughout
        case flapping(changes: Int, within: Duration)
        /// Good again, but it comes and goes: over when it stays so until then.
        case settles(until: Instant)
        /// The cause is over, and an answer that is newer than its end will say whether this is.
        case awaitsNews(after: Instant)
        /// Such an answer says that this is not over: it is a failure of its own now.
        case stillFailing
        /// No such answer came in time.
        case noNews
        case unknown(Reason)
        /// Somebody has it, or gave it back.
        case acknowledged(by: String, until: Instant?)
        case released(by: String)
        /// It became worse, and somebody has it until then.
        case worseHeld(by: String, until: Instant)
        /// Their time is over.
        case lapsed(by: String)
        /// They had an incident that is larger now, or part of this one.
        case handed(by: String, from: Int64)
        case resolved
        case over
    }

    package var at: Instant
    package var verdict: Verdict
    package var subject: Subject?
    package var alert: Int64?
    package var incident: Int64?

    package init(
        at: Instant, _ verdict: Verdict, subject: Subject? = nil, alert: Int64? = nil, incident: Int64? = nil
    ) {
        self.at = at
        self.verdict = verdict
        self.subject = subject
        self.alert = alert
        self.incident = incident
    }
}
