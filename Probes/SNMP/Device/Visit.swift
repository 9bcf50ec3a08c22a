import ProbeKit
import SNMP
import SNMPSettings
import Vocabulary

/// One run against one device: what it asks, in which order, and what it makes of the answers.
struct Visit {
    private(set) var device: KnownDevice
    private let knowledge: Knowledge
    private let settings: SNMPSettings
    private let hasBulk: Bool
    private var snapshot = Snapshot()
    private var trace: [String] = []

    init(_ knowledge: Knowledge, _ settings: SNMPSettings, _ device: KnownDevice, hasBulk: Bool) {
        self.knowledge = knowledge
        self.settings = settings
        self.device = device
        self.hasBulk = hasBulk
    }

    mutating func run(until deadline: ContinuousClock.Instant) async -> Answer {
        device.session.begin(patience: settings.patience)
        trace = ["ask \(device.address) by version \(settings.version.rawValue)"]
        if let failure = await greet(until: deadline) {
            trace.append("greeting: \(failure)")
            return Answer(SNMPVerdict.outcome(of: failure, step: "greeting"), trace: trace)
        }
        let system = SystemGroup(snapshot)
        let isNew = device.objectID != system.objectID || device.present == nil
        let hasRestarted = isEarlier(system.upTime, than: device.upTime)
        if hasRestarted { device.past = nil }
        let now = ContinuousClock.now
        let age = device.inventoried.map { $0.duration(to: now) }
        let isDue = isNew || hasRestarted || age.map { $0 >= settings.inventory } ?? true
        device.objectID = system.objectID
        device.upTime = system.upTime
        let outcome = await read(everything: isDue, until: deadline)
        let moment = ContinuousClock.now
        var facts: [Fact] = []
        if isDue { facts = await takeInventory(system, outcome.failure, until: deadline) }
        snapshot.add(device.described)
        snapshot.settle()
        let reading = DeviceReading(
            snapshot, knowledge.gauges, settings, past: device.past, upTime: system.upTime, at: moment)
        // Runs that follow within a second are a confirmation burst: rates over so little time would be noise.
        if device.past.map({ $0.moment.duration(to: moment) >= .seconds(1) }) ?? true {
            device.past = reading.past(upTime: system.upTime, at: moment)
        }
        trace.append(
            "\(snapshot.binds.count) variables in \(device.session.requests) requests, "
                + "\(device.session.retransmissions) asked again, \(device.session.strays) late or double")
        return Answer(
            outcome.reason.map { .degraded($0) } ?? reading.reason.map { .degraded($0) } ?? .up,
            readings: reading.readings, facts: facts, trace: trace, roundTrip: device.session.roundTrip)
    }

    /// The system group; nil when it came.
    private mutating func greet(until deadline: ContinuousClock.Instant) async -> SNMPSession.Failure? {
        do throws(SNMPSession.Failure) {
            let answer = try await device.session.ask(.get, Survey.greeting, until: deadline)
            if answer.errorStatus == 0 {
                snapshot.add(answer.varBinds)
                snapshot.settle()
                return nil
            }
            trace.append("greeting: \(ErrorStatus.name(answer.errorStatus)); read one by one")
        } catch {
            return error
        }
        // SNMPv1 refuses all when one is missing.
        if let failure = await walk([SystemGroup.root], named: "system", until: deadline).failure { return failure }
        snapshot.settle()
        guard snapshot.binds.isEmpty else { return nil }
        return .security("nothing of the system group may be read")
    }

    private struct Progress {
        var failure: SNMPSession.Failure?
        /// What kept it from being whole, for the operator; nil where that is no fault of the device's.
        var reason: Reason?
    }

    /// What changes from run to run.
    private mutating func read(everything: Bool, until deadline: ContinuousClock.Instant) async -> Progress {
        let roots = Survey.measured(knowledge.gauges)
        let progress = await walk(
            everything ? roots : device.present ?? roots, named: "measured", until: deadline)
        snapshot.settle()
        if everything { device.present = progress.failure == nil ? Survey.present(roots, in: snapshot) : nil }
        return progress
    }

    /// What seldom changes, as facts; none when it was not read whole: a sheet with holes would unsay what it omits.
    private mutating func takeInventory(
        _ system: SystemGroup, _ earlier: SNMPSession.Failure?, until deadline: ContinuousClock.Instant
    ) async -> [Fact] {
        guard earlier == nil else { return [] }
        let candidates = knowledge.recognition.candidates(for: system)
        let roots = Survey.described + knowledge.recognition.variables(for: candidates).map(Survey.root(of:))
        let described = await walk(roots, named: "described", until: deadline)
        guard described.failure == nil else { return [] }
        await fetchInstances(of: candidates, until: deadline)
        let around = await walk(Survey.surroundings, named: "surroundings", until: deadline)
        snapshot.settle()
        device.described = VarBindList(Survey.described.flatMap { snapshot.within($0) })
        guard around.failure == nil else { return [] }
        device.inventoried = .now
        let identity = knowledge.recognition.identity(snapshot)
        let interfaces = Interface.all(snapshot)
        return DeviceFacts.facts(
            identity, system, interfaces, Neighbour.all(snapshot, interfaces),
            resolved: AddressTables.resolved(snapshot), learned: AddressTables.learned(snapshot),
            parts: EntityTable(snapshot).parts)
    }

    /// A walk begins after its root and so misses a family's variable that is itself an instance, such as a cell.
    private mutating func fetchInstances(of candidates: [Family], until deadline: ContinuousClock.Instant) async {
        // SNMPv1 would refuse them all for one that is not there.
        guard hasBulk else { return }
        snapshot.settle()
        let missing = Set(candidates.flatMap(\.variables)).filter { $0.arcs.last != 0 && snapshot[$0] == nil }.sorted()
        for start in stride(from: 0, to: missing.count, by: 20) {
            do throws(SNMPSession.Failure) {
                let part = Array(missing[start..<min(start + 20, missing.count)])
                let answer = try await device.session.ask(.get, part, until: deadline)
                if answer.errorStatus == 0 { snapshot.add(answer.varBinds) }
            } catch {
                trace.append("cells: \(error)")
                return
            }
        }
    }

    private mutating func walk(
        _ roots: [OID], named name: String, until deadline: ContinuousClock.Instant
    ) async -> Progress {
        var walk = Walk(roots, bulk: hasBulk, pace: device.pace)
        let (found, failure) = await device.session.walk(&walk, until: deadline)
        device.pace = walk.repetitions
        snapshot.add(found)
        trace.append("\(name): \(walk.count) variables\(failure.map { ", then \($0)" } ?? "")")
        trace += walk.problems.map { "\(name): \($0)" }
        guard let failure else { return Progress() }
        let after = walk.request.map { $0.after.description } ?? "the end"
        return Progress(
            failure: failure,
            reason: Reason(
                "incomplete", step: name, expected: "all that it has, in time",
                got: "\(walk.count) variables, up to \(after)"))
    }

    /// sysUpTime went back, and not because it came round (2³² hundredths).
    private func isEarlier(_ now: Int64?, than before: Int64?) -> Bool {
        guard let now, let before else { return false }
        return now < before && before < 4_200_000_000
    }
}
