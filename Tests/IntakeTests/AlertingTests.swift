import Detection
import Intake
import SQLite
import Storage
import Testing
import Vocabulary
import Wire

@Suite struct AlertingTests {
    let now = Instant(seconds: 1_700_000_000)
    let name = CheckName(asset: "portal", part: "http")

    /// An agent, an asset of that importance with one check, and a route for everything but low.
    private func province(_ importance: Importance) throws -> Connection {
        let connection = try Connection(path: ":memory:")
        try Schema.migrate(connection)
        let machine = try AssetStore(connection).addEnrolled(name: "vm", assetClass: "server", at: now)
        try AgentStore(connection).add(id: "a1", assetID: machine.id, machine: [1], at: now)
        let id = try AssetStore(connection).put(
            name: "portal", assetClass: "service", address: "", url: "http://127.0.0.1/", unit: "", site: "",
            importance: importance, at: now)
        let check = Check(
            name: name, kind: "http", target: "http://127.0.0.1/", interval: .seconds(10), timeout: .seconds(5))
        try CheckStore(connection).put(check, assetID: id, agent: "a1", at: now)
        try RouteStore(connection).put(
            .init(name: "on-duty", importance: [.core, .normal], language: "vi", channel: "{}"))
        return connection
    }

    private func report(_ outcome: Outcome, at second: Int64, _ connection: Connection) throws {
        var engine = Engine()
        let time = now + .seconds(second)
        let change = StateChange(check: name, outcome: outcome, since: time, confirmed: time, runs: 4)
        _ = try engine.apply(Report(sealed: time, states: [change]), of: "a1", received: time, in: connection)
    }

    /// Time goes by, without a report.
    @discardableResult
    private func pass(_ second: Int64, _ connection: Connection) throws -> Instant? {
        var engine = Engine()
        // Whether the agent is silent is no matter here.
        let watch = SilenceWatch(started: now + .seconds(3600))
        try engine.pass(to: now + .seconds(second), silence: watch, in: connection)
        return engine.nextDue
    }

    private func told(_ connection: Connection) throws -> [String] {
        try MessageStore(connection).list(scope: .everything, limit: 100).reversed().map(\.kind)
    }

    /// The collector's own engine goes on over the end of the work.
    @Test func workThatIsNotUpInTimeNamesTheWork() throws {
        let connection = try province(.normal)
        try MaintenanceStore(connection).put(
            Maintenance(
                name: "new-router", times: .once(now..<now + .seconds(600)), targets: [.asset("portal")], who: "lan"))
        var engine = Engine()
        let watch = SilenceWatch(started: now + .seconds(3600))
        let down = StateChange(
            check: name, outcome: .down(Reason("timeout")), since: now + .seconds(10), confirmed: now + .seconds(10),
            runs: 4)
        _ = try engine.apply(
            Report(sealed: now + .seconds(10), states: [down]), of: "a1", received: now + .seconds(10), in: connection)
        for second in [599, 600, 629] {
            try engine.pass(to: now + .seconds(second), silence: watch, in: connection)
            #expect(try told(connection).isEmpty)
        }
        try engine.pass(to: now + .seconds(631), silence: watch, in: connection)
        #expect(try told(connection) == ["problem"])
        let summary = try #require(try IncidentSummary(1, in: connection, scope: .everything))
        #expect(summary.incident.overran == "new-router" && summary.worker == "lan")
        #expect(
            try DecisionStore(connection).lines(incident: 1, scope: .everything, limit: 9).map(\.verdict).contains(
                "overran"))
    }

    @Test func aCoreFlipIsOneProblemAndOneRecoveryEvenWhenBothArriveTogether() throws {
        let connection = try province(.core)
        for flip in 0..<2 as Range<Int64> {
            try report(.down(Reason("timeout")), at: flip * 10, connection)
            try report(.up, at: flip * 10 + 5, connection)
        }
        #expect(try told(connection) == ["problem", "recovery", "problem", "recovery"])
        #expect(try AlertStore(connection).list(open: false, scope: .everything, limit: 9).count == 2)
        #expect(try AlertStore(connection).list(open: true, scope: .everything, limit: 9).isEmpty)
    }

    /// Whether the collector remembers it, or reads the record anew, as after a start or when a person changes something.
    @Test(arguments: [false, true]) func whatComesAndGoesIsOneAlertUntilItIsSteady(isReadAnew: Bool) throws {
        let connection = try province(.core)
        var engine = Engine()
        let watch = SilenceWatch(started: now + .seconds(3600))
        try report(.up, at: -60, connection)
        for flip in 0..<9 as Range<Int64> {
            for (outcome, second) in [(Outcome.down(Reason("timeout")), flip * 10), (.up, flip * 10 + 5)] {
                let time = now + .seconds(second)
                let change = StateChange(check: name, outcome: outcome, since: time, confirmed: time, runs: 4)
                if isReadAnew { engine = Engine() }
                _ = try engine.apply(
                    Report(sealed: time, states: [change]), of: "a1", received: time, in: connection)
                try engine.pass(to: time, silence: watch, in: connection)
            }
        }
        let folded = ["problem", "recovery", "problem", "recovery", "problem"]
        #expect(try told(connection) == folded)
        #expect(try AlertStore(connection).list(open: true, scope: .everything, limit: 9).map(\.isFlapping) == [true])
        try engine.pass(to: now + .seconds(384), silence: watch, in: connection)
        #expect(try told(connection) == folded)
        try engine.pass(to: now + .seconds(385), silence: watch, in: connection)
        #expect(try told(connection) == folded + ["recovery"])
        #expect(try AlertStore(connection).list(open: true, scope: .everything, limit: 9).isEmpty)
    }

    @Test func aShortCutOfSomethingNormalIsOnTheRecordAndSendsNothing() throws {
        let connection = try province(.normal)
        try report(.down(Reason("timeout")), at: 0, connection)
        #expect(try pass(1, connection) == now + .seconds(30))
        try report(.up, at: 10, connection)
        #expect(try pass(99, connection) == nil)
        #expect(try told(connection).isEmpty)
        #expect(try AlertStore(connection).list(open: false, scope: .everything, limit: 9).count == 1)
    }

    @Test func whatLastsIsToldWhenItsPatienceIsOver() throws {
        let connection = try province(.normal)
        try report(.down(Reason("timeout")), at: 0, connection)
        try pass(29, connection)
        #expect(try told(connection).isEmpty)
        try pass(30, connection)
        try pass(31, connection)
        #expect(try told(connection) == ["problem"])
    }

    @Test func aRecoveryGoesToWhoGotTheProblemWhateverTheRoutesSayNow() throws {
        let connection = try province(.core)
        try report(.down(Reason("timeout")), at: 0, connection)
        try pass(2, connection)
        try RouteStore(connection).put(.init(name: "late", importance: [.core], language: "en", channel: "{}"))
        try report(.up, at: 60, connection)
        let messages = try MessageStore(connection).list(scope: .everything, limit: 9)
        #expect(Set(messages.map(\.route)) == ["on-duty"] && messages.count == 2)
    }

    /// Somebody has it until a moment: what becomes worse is on the record, and who was told is reminded then.
    @Test func whoWasToldIsRemindedWhenTheTimeOfWhoHasItIsOver() throws {
        let connection = try province(.core)
        try report(.degraded(Reason("slow")), at: 0, connection)
        try pass(2, connection)
        let store = AcknowledgementStore(connection)
        try store.begin(1, by: "lan", until: now + .seconds(600), note: "", at: now + .seconds(5))
        try RouteStore(connection).put(.init(name: "late", importance: [.core], language: "en", channel: "{}"))
        try report(.down(Reason("timeout")), at: 60, connection)
        #expect(try pass(599, connection) == now + .seconds(600))
        #expect(try told(connection) == ["problem"])
        try pass(600, connection)
        try pass(9000, connection)
        #expect(try told(connection) == ["problem", "reminder"])
        #expect(try store.all(incident: 1, scope: .everything).map(\.ended) == [now + .seconds(600)])
        let trace = try Trace(alert: 1, scope: .everything, limit: 99, showsAnswers: true, in: connection)
            .lines.map(\.verdict)
        #expect(trace.contains("worse-held") && trace.contains("lapsed") && trace.contains("told-reminder"))
        try report(.up, at: 9001, connection)
        let messages = try MessageStore(connection).list(incident: 1)
        #expect(messages.map(\.kind) == ["problem", "reminder", "recovery"])
        #expect(Set(messages.map(\.route)) == ["on-duty"])
    }

    @Test func whatAPersonTookAwayIsNoLongerBroken() throws {
        let connection = try province(.core)
        try report(.down(Reason("timeout")), at: 0, connection)
        try pass(3, connection)
        try CheckStore(connection).remove(name, at: now + .seconds(5))
        // A report that was on its way is history: nobody is told of it.
        try report(.up, at: 6, connection)
        try report(.down(Reason("timeout")), at: 7, connection)
        #expect(try told(connection) == ["problem"])
        #expect(try Engine.hasSpentChecks(at: now + .seconds(8), in: connection))
        var engine = Engine()
        _ = try engine.retireChecks(at: now + .seconds(8), in: connection)
        #expect(try told(connection) == ["problem", "recovery"])
        #expect(try AlertStore(connection).list(open: true, scope: .everything, limit: 9).isEmpty)
        #expect(try !Engine.hasSpentChecks(at: now + .seconds(9), in: connection))
        let check = try #require(try CheckStore(connection).find(name))
        #expect(try ConditionStore(connection).condition(checkID: check.id) == nil)
    }

    @Test func aLaterMessageOfAnAlertWaitsForTheEarlier() throws {
        let connection = try province(.core)
        try report(.down(Reason("timeout")), at: 0, connection)
        try report(.up, at: 60, connection)
        let store = MessageStore(connection)
        let first = try store.waiting(at: now + .seconds(99), limit: 9).filter { !$0.follows }
        #expect(first.map(\.kind) == ["problem"])
        let id = try #require(first.first?.id)
        try store.markFailed(id, problem: "refused", next: now + .seconds(200))
        #expect(try store.waiting(at: now + .seconds(99), limit: 9).allSatisfy(\.follows))
        try store.markSent(id, at: now + .seconds(201))
        #expect(
            try store.waiting(at: now + .seconds(300), limit: 9).map { $0.kind + ($0.follows ? " follows" : "") } == [
                "recovery"
            ])
    }

    /// Whoever dies between the receiver and its own record cannot count the attempt any more.
    @Test func anAttemptCountsFromItsBeginningAndOnce() throws {
        let connection = try province(.core)
        try report(.down(Reason("timeout")), at: 0, connection)
        try pass(2, connection)
        let store = MessageStore(connection)
        let id = try #require(try store.waiting(at: now + .seconds(9), limit: 9).first { $0.attempts == 0 }?.id)
        try store.markTried(id)
        #expect(try store.waiting(at: now + .seconds(9), limit: 9).map(\.attempts) == [1])
        try store.markSent(id, at: now)
        #expect(try store.list(scope: .everything, limit: 9).map(\.attempts) == [1])
    }

    @Test func aReplayedStateChangesNothing() throws {
        let connection = try province(.core)
        for second in 0..<3 as Range<Int64> {
            try report(.down(Reason("timeout")), at: 0, connection)
            try pass(2 + second, connection)
        }
        #expect(try told(connection) == ["problem"])
    }

    @Test func aSilentAgentMakesItsChecksUnknownAndNoneOfThemDown() throws {
        let connection = try province(.core)
        try report(.up, at: 0, connection)
        let agents = AgentStore(connection)
        try agents.wasSeen("a1", at: now, clockOffset: .zero, presence: [])
        let watch = SilenceWatch(started: now)
        #expect(try !watch.hasWork(at: now + .seconds(20), in: connection))
        #expect(try watch.hasWork(at: now + .seconds(21), in: connection))
        var engine = Engine()
        try engine.pass(to: now + .seconds(21), silence: watch, in: connection)
        let status = try #require(try ConditionStore(connection).statuses(scope: .everything).first)
        #expect(status.outcome == .unknown(Reason("agent-silent")) && status.since == now)
        let open = try AlertStore(connection).list(open: true, scope: .everything, limit: 9)
        #expect(open.map(\.asset) == ["vm"] && open.map(\.check) == [nil])
        // Said once, however often anybody looks.
        #expect(try !watch.hasWork(at: now + .seconds(60), in: connection))

        try agents.wasSeen("a1", at: now + .seconds(90), clockOffset: .zero, presence: [])
        try engine.pass(to: now + .seconds(91), silence: watch, in: connection)
        #expect(try ConditionStore(connection).statuses(scope: .everything).first?.outcome == .up)
        #expect(try AlertStore(connection).list(open: true, scope: .everything, limit: 9).isEmpty)
    }

    /// A check of the machine itself had just failed when its agent fell silent: the message is about the silence.
    @Test func aSilentAgentIsWhatItsMessageIsAboutWhateverFailedBefore() throws {
        let connection = try province(.core)
        let own = Check(
            name: CheckName(asset: "vm", part: "dns-1"), kind: "tcp", target: "127.0.0.1:53", interval: .seconds(1),
            timeout: .seconds(1))
        let machine = try #require(try AssetStore(connection).id(named: "vm"))
        try CheckStore(connection).put(own, assetID: machine, agent: "a1", at: now)
        try AgentStore(connection).wasSeen("a1", at: now, clockOffset: .zero, presence: [])
        let down = StateChange(
            check: own.name, outcome: .down(Reason("timeout")), since: now, confirmed: now, runs: 4)
        var engine = Engine()
        _ = try engine.apply(Report(sealed: now, states: [down]), of: "a1", received: now, in: connection)
        let watch = SilenceWatch(started: now)
        for second in [21, 61] as [Int64] {
            try engine.pass(to: now + .seconds(second), silence: watch, in: connection)
        }
        let message = try #require(try MessageStore(connection).list(scope: .everything, limit: 9).first)
        let summary = try #require(try IncidentSummary(message.incident, in: connection, scope: .everything))
        #expect(summary.alerts.map(\.check) == [own.name, nil])
        #expect(summary.first.outcome.reason?.code == "agent-silent")
    }

    /// A break-in is an alert whatever else is wrong with the machine, and ends when somebody has looked at it.
    @Test func aGraveFindingIsAnAlertUntilItIsClosed() throws {
        let connection = try province(.core)
        var engine = Engine()
        let watch = SilenceWatch(started: now + .seconds(3600))
        let finding = { (rule: String, severity: Severity) in
            Finding(rule: rule, severity: severity, subject: "root", firstSeen: now, lastSeen: now)
        }
        let report = Report(
            sealed: now, findings: [finding("new-privilege", .high), finding("packages-changed", .low)])
        for _ in 0..<2 { _ = try engine.apply(report, of: "a1", received: now, in: connection) }
        let open = try AlertStore(connection).list(open: true, scope: .everything, limit: 9)
        #expect(open.map(\.asset) == ["vm"] && open.first?.outcome.reason?.code == "new-privilege")
        try engine.pass(to: now + .seconds(30), silence: watch, in: connection)
        #expect(try told(connection) == ["problem"])
        let id = try #require(try FindingStore(connection).urgent().first?.id)
        try FindingStore(connection).close(id, .init(at: now + .seconds(60), by: "lan"))
        #expect(try Engine.hasSpentChecks(at: now + .seconds(61), in: connection))
        _ = try engine.retireChecks(at: now + .seconds(61), in: connection)
        #expect(try told(connection) == ["problem", "recovery"])
        #expect(try AlertStore(connection).list(open: true, scope: .everything, limit: 9).isEmpty)
    }

    @Test func whatTheCollectorCouldNotHearIsNoSilence() throws {
        let connection = try province(.core)
        try AgentStore(connection).wasSeen("a1", at: now - .seconds(600), clockOffset: .zero, presence: [])
        let watch = SilenceWatch(started: now)
        #expect(try !watch.hasWork(at: now + .seconds(19), in: connection))
    }
}
