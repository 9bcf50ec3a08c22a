internal import Spool
internal import Vocabulary
internal import Wire

/// What was seen and not yet sealed.
struct OpenBatch: Sendable {
    /// Beyond this the older half is given up and counted: memory is bounded even while the disk hangs.
    static let maximum = 100_000
    private static let observationsAtOnce = 5000
    private static let statesAtOnce = 5000
    private static let findingsAtOnce = 200
    private static let pathsAtOnce = 500
    static let restated = "restated"

    private(set) var observations: [Observation] = []
    private(set) var states: [StateChange] = []
    private(set) var sheets: [FactSheet] = []
    private(set) var findings: [Finding] = []
    private(set) var paths: [Path] = []
    /// What is to be kept on the disk together with what was found, by name.
    private(set) var documents: [String: [UInt8]] = [:]
    private(set) var lost = ClassCounts()

    var isEmpty: Bool { observations.isEmpty && !isUrgent && documents.isEmpty && lost.total == 0 }
    var isUrgent: Bool { !states.isEmpty || !sheets.isEmpty || !findings.isEmpty || !paths.isEmpty }

    mutating func take(_ observation: Observation) {
        observations.append(observation)
        guard observations.count > Self.maximum else { return }
        observations.removeFirst(Self.maximum / 2)
        lost.samples += UInt64(Self.maximum / 2 / Self.observationsAtOnce)
    }

    mutating func take(_ changes: [StateChange]) {
        states += changes
        guard states.count > Self.maximum else { return }
        states.removeFirst(Self.maximum / 2)
        lost.states += UInt64(Self.maximum / 2 / Self.statesAtOnce)
    }

    mutating func take(_ path: Path) {
        paths.append(path)
        guard paths.count > Self.maximum else { return }
        paths.removeFirst(Self.maximum / 2)
        lost.states += UInt64(Self.maximum / 2 / Self.pathsAtOnce)
    }

    mutating func take(_ sheet: FactSheet) {
        // A sheet that was not even sealed is simply replaced.
        sheets.removeAll { $0.subject == sheet.subject }
        sheets.append(sheet)
    }

    mutating func take(_ more: [Finding], keeping newer: [String: [UInt8]]) {
        findings += more
        documents.merge(newer) { $1 }
        guard findings.count > Self.maximum else { return }
        findings.removeFirst(Self.maximum / 2)
        lost.findings += UInt64(Self.maximum / 2 / Self.findingsAtOnce)
    }

    /// Keeps only what is urgent with the observations that the states rest on; the other observations.
    mutating func takeOutSamples() -> [Observation] {
        let changed = Set(states.map(\.check))
        guard !changed.isEmpty else {
            defer { observations = [] }
            return observations
        }
        var (evidence, samples) = ([Observation](), [Observation]())
        samples.reserveCapacity(observations.count)
        for observation in observations {
            if changed.contains(observation.check) { evidence.append(observation) } else { samples.append(observation) }
        }
        observations = evidence
        return samples
    }

    /// Puts back what was taken out, before all that was observed since.
    mutating func putBack(_ samples: consuming [Observation]) {
        swap(&observations, &samples)
        for observation in samples { take(observation) }
    }

    /// The reports of this batch in the order in which they are to be numbered, and what could not be encoded.
    ///
    /// States come first, with the observations of their checks as evidence in the same report; what is restated
    /// comes after them, because it was read after them.
    func sealed(restating: [StateChange], at time: Instant) -> (reports: [OutgoingReport], lost: ClassCounts) {
        var reports: [OutgoingReport] = []
        var lost = self.lost
        let changed = Set(states.map(\.check))
        let evidence = observations.filter { changed.contains($0.check) }
        let samples = observations.filter { !changed.contains($0.check) }

        func seal(_ report: Report, _ kind: ReportClass, subject: String = "") {
            do {
                let body = try report.encoded()
                if body.count <= Limits.reportBytes / 2 {
                    reports.append(OutgoingReport(kind, sealed: time, subject: subject, body: body))
                } else if report.observations.count + report.states.count + report.findings.count
                    + report.paths.count > 1
                {
                    for half in report.halves { seal(half, kind, subject: subject) }
                } else if body.count <= Limits.reportBytes, (report.facts?.facts.count ?? 0) <= Limits.factsPerReport {
                    reports.append(OutgoingReport(kind, sealed: time, subject: subject, body: body))
                } else {
                    lost[kind] += 1
                }
            } catch {
                lost[kind] += 1
            }
        }

        if states.count <= Self.statesAtOnce, evidence.count <= Self.observationsAtOnce {
            if !states.isEmpty { seal(Report(sealed: time, observations: evidence, states: states), .states) }
        } else {
            for part in states.chunks(of: Self.statesAtOnce) {
                seal(Report(sealed: time, states: part), .states)
            }
            for part in evidence.chunks(of: Self.observationsAtOnce) {
                seal(Report(sealed: time, observations: part), .samples)
            }
        }
        for part in restating.chunks(of: Self.statesAtOnce) {
            seal(Report(sealed: time, states: part), .states, subject: Self.restated)
        }
        for part in paths.chunks(of: Self.pathsAtOnce) {
            seal(Report(sealed: time, paths: part), .states)
        }
        for part in findings.chunks(of: Self.findingsAtOnce) {
            seal(Report(sealed: time, findings: part), .findings)
        }
        for sheet in sheets {
            seal(Report(sealed: time, facts: sheet), .facts, subject: sheet.subject)
        }
        for part in samples.chunks(of: Self.observationsAtOnce) {
            seal(Report(sealed: time, observations: part), .samples)
        }
        return (reports, lost)
    }
}

extension Report {
    /// The same content in two reports.
    fileprivate var halves: [Report] {
        var first = self
        var second = self
        first.observations = Array(observations.prefix(observations.count / 2))
        second.observations = Array(observations.dropFirst(observations.count / 2))
        first.states = Array(states.prefix(states.count / 2))
        second.states = Array(states.dropFirst(states.count / 2))
        second.facts = nil
        first.findings = Array(findings.prefix(findings.count / 2))
        second.findings = Array(findings.dropFirst(findings.count / 2))
        first.paths = Array(paths.prefix(paths.count / 2))
        second.paths = Array(paths.dropFirst(paths.count / 2))
        return [first, second]
    }
}

extension Array {
    fileprivate func chunks(of size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
