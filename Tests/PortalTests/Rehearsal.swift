import API
import Courier
import Detection
import Foundation
import Intake
import Notify
import SQLite
import Storage
import Vocabulary
import WebUI
import Wire

/// A province on virtual time: an agent reports into the engine over a real database, and the routes deliver.
struct Rehearsal {
    /// Monday, 09:00 in UTC+07:00.
    static let start = Instant(seconds: 1_772_416_800)

    let connection: Connection
    private(set) var now = Rehearsal.start
    private var engine = Engine()
    private let watch: SilenceWatch
    /// How each route's first and second channel answer.
    var answers: [String: (first: Delivery, second: Delivery?)] = [:]

    private struct Receiver: Channel {
        let answer: Delivery

        func send(_ notification: Courier.Notification) async -> Delivery { answer }
    }

    /// `listens`: whether silent agents are noticed.
    init(listens: Bool = false) throws {
        connection = try Connection(path: ":memory:")
        try Schema.migrate(connection)
        watch = SilenceWatch(started: Self.start + .seconds(listens ? -60 : 1_000_000))
        let machine = try AssetStore(connection).addEnrolled(name: "vm", assetClass: "server", at: Self.start)
        try AgentStore(connection).add(id: "a1", assetID: machine.id, machine: [1], at: Self.start)
        try route("on-duty", [.core, .normal])
    }

    mutating func route(
        _ name: String, _ importance: Set<Importance>, _ first: Delivery = .delivered, second: Delivery? = nil
    ) throws {
        try RouteStore(connection).put(.init(name: name, importance: importance, language: "vi", channel: "{}"))
        answers[name] = (first, second)
    }

    /// An asset that is asked one thing: what the name says after the slash.
    func add(
        _ check: String, _ assetClass: String = "server", importance: Importance = .normal, site: String = "",
        via: String? = nil, hours: String = "", flapping: FlappingRule = .fold
    ) throws {
        let (name, assets) = (CheckName(rawValue: check), AssetStore(connection))
        if !site.isEmpty {
            try connection.run("INSERT INTO site (name, title) VALUES (?, ?) ON CONFLICT DO NOTHING", site, site)
        }
        let id = try assets.put(
            name: String(name.asset), assetClass: assetClass, address: "192.0.2.1", url: "", unit: "", site: site,
            importance: importance, hours: hours, flapping: flapping, at: Self.start)
        if let via, let parent = try assets.id(named: via) { try LinkStore(connection).put([[parent]], assetID: id) }
        try CheckStore(connection).put(
            Check(
                name: name, kind: ProbeKind(rawValue: String(name.part)), target: "192.0.2.1", interval: .seconds(1),
                timeout: .seconds(1)), assetID: id, agent: "a1", at: Self.start)
    }

    func maintain(_ asset: String, minutes: Int64) throws {
        try MaintenanceStore(connection).put(
            Maintenance(
                name: "works", times: .once(Self.start - .seconds(600)..<Self.start + .seconds(60 * minutes)),
                targets: [.asset(asset)]))
    }

    /// The agent has seen this since that second, confirmed it within two, and reports it.
    mutating func sees(_ outcome: Outcome, _ checks: String..., at second: Int64) async throws {
        let since = Self.start + .seconds(second)
        try await pass(to: second + 2)
        let states = checks.map {
            StateChange(check: CheckName(rawValue: $0), outcome: outcome, since: since, confirmed: now, runs: 8)
        }
        try heard(at: second + 2)
        _ = try engine.apply(Report(sealed: now, states: states), of: "a1", received: now, in: connection)
        try await pass(to: second + 2)
    }

    func heard(at second: Int64) throws {
        try AgentStore(connection).wasSeen(
            "a1", at: Self.start + .seconds(second), clockOffset: .zero, presence: [])
    }

    /// Time goes by; what it brings is done when it is due.
    mutating func pass(to second: Int64) async throws {
        let end = Self.start + .seconds(second)
        while let due = engine.nextDue, due < end {
            now = max(now, due)
            try await step()
        }
        now = end
        try await step()
    }

    private mutating func step() async throws {
        try engine.pass(to: now, silence: watch, in: connection)
        let (store, clock) = (MessageStore(connection), now)
        for message in try store.waiting(at: clock, limit: 9) {
            guard let answer = answers[message.route] else { continue }
            try store.markTried(message.id)
            let route = OpenedRoute(
                first: .init(kind: "webhook") { Receiver(answer: answer.first) },
                second: answer.second.map { second in .init(kind: "sms") { Receiver(answer: second) } })
            let notification = Courier.Notification(
                id: message.id, incident: message.incident, alert: 0, kind: .problem, asset: "", site: "", check: nil,
                outcome: .up, since: clock, resolved: nil, isRepeated: false, subject: "", text: "")
            let delivery = await route.send(
                notification, attempt: message.attempts + 1, created: message.created, now: { clock })
            let decision = Persistence.decide(
                delivery, attempt: message.attempts + 1, created: message.created, now: clock)
            try store.record(decision, of: message.id, at: clock)
        }
    }

    /// What `haidang why` prints of a check, a line each, with the word of its verdict.
    func why(_ check: String, _ language: Language = .english) throws -> [(verdict: String, text: String)] {
        guard let found = try CheckStore(connection).find(CheckName(rawValue: check)) else { return [] }
        let trace = try Trace(
            check: found.id, until: now, scope: .everything, limit: 50, showsAnswers: true, in: connection)
        return trace.lines.map { line in
            let sentence = DecisionSentence(verdict: line.verdict, detail: line.detail, language: language).text
            let said = WhyDTO(line, sentence)
            return (line.verdict, "\(said.time)  \(said.text)")
        }
    }
}
