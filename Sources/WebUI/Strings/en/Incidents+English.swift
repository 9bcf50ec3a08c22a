import Vocabulary

extension Words {
    static let englishIncident = IncidentWords(
        title: "Incident", alsoAffected: "Also affected", unaffected: "Not affected",
        quiet: "In maintenance or outside its hours", explanations: "What may be to blame, the likeliest first",
        decisions: "Why there was a message, or none", noDecisions: "Nothing was decided yet.",
        messages: "Messages", noMessages: "Nobody was told.", route: "Route", kind: "What", sent: "Sent",
        waits: "waits until",
        coincidence: "They began to fail at the same time; nothing declared joins them.",
        problem: "problem", worse: "worse", reminder: "reminder", recovery: "recovery",
        unseenAsset: "an asset out of your sight",
        still: { "Still \($0.lowercased())" }, wasHeld: { "acknowledged by \($0) until \($1)" },
        isHeld: { name, until in "Acknowledged by \(name)" + (until.map { " until \($0)" } ?? "") },
        andMore: { "and \($0) more" },
        site: { "They began to fail at one site at the same time: likely one cause at \($0)." },
        shared: { "All of them depend on \($0), which nobody asks or nobody can reach: likely the cause." },
        beside: { "They began to fail together with incident \($0); no declared link explains it." },
        overran: { name, worker in
            "The maintenance \(name) has ended, and this is not up again. Is the work still going on? Then make it longer"
                + (worker.isEmpty ? "." : ", or ask \(worker).")
        },
        leftover: { "Still failing after incident \($0) was over." },
        evidence: { explains, of, failing, below in
            "explains \(explains) of \(of) that fail; \(failing) of \(below) that depend on it fail"
        },
        importance: { $0.rawValue },
        verdict: { verdict in
            switch verdict {
            case .opened: "A failure was confirmed: an alert was opened."
            case .maintenance: "It is in the maintenance {name}[ until {until}]: nobody is told."
            case .hours: "It is outside its hours {name}[ until {until}]: nobody is told."
            case .overran: "The maintenance {name} has ended, and it is not up again: one message of all that is not."
            case .causeQuiet:
                "It depends on {asset}, which is in maintenance or outside its hours ({name})[ until {until}]: nobody is told."
            case .caused:
                "It depends on {asset}, which fails[ since {since}]: part of that incident, without a message of its own.[ The rule: what began up to {lead} before its cause, or later.]"
            case .unreachable:
                "The asset itself cannot be reached[ since {since}]: part of that, without a message of its own.[ The rule: what began up to {lead} before its cause, or later.]"
            case .waits:
                "Told when it lasts until {until}.[ The rule: importance {importance}, after {patience}.][ The rule: importance {importance}, with the daily digest at {digest}.]"
            case .joinedBeside:
                "It began together with the incident {incident}[, within {window}]: joined with {assets} assets in one message, as a likelihood."
            case .joinedSite:
                "It began together with others at {site}[, within {window}]: {assets} assets in one message, as a likelihood."
            case .joinedShared:
                "It began together with others that depend on {asset}[, within {window}]: {assets} assets in one message, as a likelihood."
            case .joinedCoincidence:
                "{assets} assets began to fail at the same time[, within {window}]: one message, as a likelihood."
            case .toldProblem: "It lasted: the problem goes to every route for importance {importance}."
            case .toldWorse: "It became worse: that goes to every route for importance {importance}."
            case .toldReminder:
                "It still fails, and the time of whoever had it is over: a reminder of importance {importance} goes to every route that got the problem."
            case .acknowledged: "{by} has it, without an end: nothing is held back."
            case .acknowledgedUntil:
                "{by} has it until {until}: that it becomes worse is told to nobody before; if it still fails then, one reminder goes."
            case .released: "{by} says that nobody has it any more."
            case .worseHeld: "It became worse; {by} has it until {until}, so nobody is told before."
            case .lapsed: "The time that {by} had it is over."
            case .handed:
                "{by} has it since it was the incident {incident}; it is larger now than what they knew of: nothing of it is held back."
            case .alreadyTold: "Nothing holds it any more; its incident was told before: no second message."
            case .noRoute: "No route is for importance {importance}: nobody is told."
            case .brief:
                "It was over after {lasted}, before anybody had to be told: no message.[ The rule: importance {importance}, after {patience}.][ The rule: importance {importance}, with the daily digest at {digest}.]"
            case .heldThroughout: "Nobody was told of it on its own while it lasted."
            case .flapping:
                "It came and went {changes} times within {within}: one alert from here on, until it is steady.[ The rule: {changes} within {window}.]"
            case .settles: "It is good again; the alert ends when it stays so until {until}[, for {calm}]."
            case .awaitsNews: "What it depends on is back since {after}; a newer answer will say whether this is."
            case .stillFailing: "A newer answer says that it still fails: it is a failure of its own now."
            case .noNews: "No newer answer came in time: nobody knows."
            case .unknown: "Nobody could ask ({reason}): unknown, which ends nothing."
            case .resolved: "It is good again: the alert is resolved."
            case .observed:
                "Observed: {state} since {since}[: {code}][; expected: {expected}][; got: {got}]; confirmed after {runs} answers."
            case .unheard:
                "Nothing was heard of the agent since {since}: what it asks is unknown, which is not down. The rule: silent for {window}."
            case .heardAgain: "The agent is heard again: what it said last holds, {state}[: {code}]."
            case .found: "Found, since {since}: {code}[; {got}]."
            case .delivered: "Delivered to {route}: {kind}, attempt {attempts}[, {how}]."
            case .notDelivered:
                "Not delivered to {route}: {kind}, given up after {attempts} attempts[: {problem}]."
            case .deliveryHeld: "Kept back for {route} until {held}: {kind}."
            case .deliveredHeld:
                "Delivered to {route} after it was kept back until {held}: {kind}, attempt {attempts}[, {how}]."
            case .deliveryWaits:
                "Waiting for {route}: {kind}, {attempts} attempts so far[, the next at {next}][: {problem}]."
            case .over: "The incident is over; whoever got the problem gets the recovery."
            }
        })
    static let englishNotes = IncidentNoteWords(
        title: "Who has it", nobody: "Nobody has it yet.", note: "Note", until: "Until",
        untilHint:
            "Until then nobody is told that it became worse; if it still fails then, a reminder goes. Without it, nothing is held back.",
        acknowledge: "I have it", takeOver: "I take it over", release: "Give it back", comment: "Comment",
        send: "Add the comment", acknowledged: "has it", released: "gave it back", commented: "said",
        problem: { problem in
            switch problem {
            case .noMoment(let text): "“\(text)” is no moment such as 2026-11-28 22:00."
            case .inThePast: "The end is over already."
            case .tooLong(let most): "The text is longer than \(most) characters."
            case .empty: "There is no text."
            case .over: "The incident is over."
            case .nobodyHasIt: "Nobody has it any more."
            }
        })
}
