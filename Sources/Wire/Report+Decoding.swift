internal import SwiftProtobuf
internal import Vocabulary

extension Report {
    /// Reads a report and checks every index and length; what it returns is sound.
    package init(decoding bytes: [UInt8]) throws(WireError) {
        guard bytes.count <= Limits.reportBytes else {
            throw WireError("report", "\(bytes.count) bytes; at most \(Limits.reportBytes)")
        }
        let message: ProtoReport
        do {
            message = try ProtoReport(serializedBytes: bytes)
        } catch {
            throw WireError("report", "not a report message: \(error)")
        }
        guard message.version == Limits.version else {
            throw WireError("version", "\(message.version); this collector speaks \(Limits.version)")
        }
        let names = try NameList(message.names)
        self.init(
            sealed: Instant(microseconds: message.sealed),
            observations: message.hasObservations ? try decode(message.observations, names) : [],
            states: try decode(message.states, names),
            facts: message.hasFacts ? try decode(message.facts) : nil,
            findings: try decode(message.findings),
            paths: try decode(message.paths, names)
        )
    }
}

/// A report's dictionary; every look-up is checked.
private struct NameList {
    private let texts: [String]

    init(_ texts: [String]) throws(WireError) {
        guard texts.count <= Limits.namesPerReport else {
            throw WireError("names", "\(texts.count); at most \(Limits.namesPerReport)")
        }
        for (index, text) in texts.enumerated() where text.utf8.count > Limits.textBytes {
            throw WireError("names[\(index)]", "\(text.utf8.count) bytes; at most \(Limits.textBytes)")
        }
        self.texts = texts
    }

    func text(_ index: UInt32, at place: @autoclosure () -> String) throws(WireError) -> String {
        guard index < texts.count else {
            throw WireError(place(), "name \(index) of \(texts.count)")
        }
        return texts[Int(index)]
    }
}

private func decode(_ columns: ProtoObservations, _ names: NameList) throws(WireError) -> [Observation] {
    let count = columns.checkName.count
    guard count <= Limits.observationsPerReport else {
        throw WireError("observations", "\(count); at most \(Limits.observationsPerReport)")
    }
    for (column, length) in [
        ("time", columns.time.count), ("duration", columns.duration.count), ("state", columns.state.count),
        ("reason", columns.reason.count), ("reading_count", columns.readingCount.count),
    ] where length != count {
        throw WireError("observations.\(column)", "\(length) rows where check_name has \(count)")
    }
    guard columns.metricName.count == columns.value.count, columns.value.count <= Limits.readingsPerReport else {
        throw WireError(
            "observations.value",
            "\(columns.value.count) values, \(columns.metricName.count) metrics; at most \(Limits.readingsPerReport)"
        )
    }
    var reasons: [Reason] = []
    for (index, reason) in columns.reasons.enumerated() {
        reasons.append(try decode(reason, names, at: "observations.reasons[\(index)]"))
    }
    let metrics = try MetricColumn(columns, names)
    var observations: [Observation] = []
    observations.reserveCapacity(count)
    var time: Int64 = 0
    var nextReading = 0
    for row in 0..<count {
        time = time &+ columns.time[row]
        let readingCount = Int(columns.readingCount[row])
        guard readingCount <= columns.value.count - nextReading else {
            throw WireError(
                "observations.reading_count[\(row)]",
                "\(readingCount) where \(columns.value.count - nextReading) are left")
        }
        let readings = (nextReading..<nextReading + readingCount).map { index in
            Reading(metrics[index], columns.value[index])
        }
        nextReading += readingCount
        observations.append(
            Observation(
                check: try checkName(columns.checkName[row], names, at: "observations.check_name[\(row)]"),
                time: Instant(microseconds: time),
                duration: .microseconds(Int64(clamping: columns.duration[row])),
                outcome: try outcome(columns.state[row], columns.reason[row], reasons, at: row),
                readings: readings))
    }
    guard nextReading == columns.value.count else {
        throw WireError("observations.value", "\(columns.value.count - nextReading) values belong to no row")
    }
    return observations
}

/// The metric of each reading; equal names share one `Metric`.
private struct MetricColumn {
    private let indexes: [UInt32]
    private var metrics: [UInt32: Metric] = [:]

    init(_ columns: ProtoObservations, _ names: NameList) throws(WireError) {
        indexes = columns.metricName
        for (row, index) in indexes.enumerated() where metrics[index] == nil {
            let place = "observations.metric_name[\(row)]"
            let text = try names.text(index, at: place)
            guard !text.isEmpty else { throw WireError(place, "a metric without a name") }
            metrics[index] = Metric(text: text)
        }
    }

    subscript(row: Int) -> Metric {
        // Every index was entered by init.
        metrics[indexes[row]] ?? Metric(text: "")
    }
}

private func outcome(_ state: UInt32, _ reason: UInt32, _ reasons: [Reason], at row: Int) throws(WireError) -> Outcome {
    guard let state = State(rawValue: Int(state)) else {
        throw WireError("observations.state[\(row)]", "\(state) is no state")
    }
    guard reason <= reasons.count else {
        throw WireError("observations.reason[\(row)]", "reason \(reason) of \(reasons.count)")
    }
    return Outcome(state, reason: reason == 0 ? nil : reasons[Int(reason) - 1])
}

private func checkName(_ index: UInt32, _ names: NameList, at place: String) throws(WireError) -> CheckName {
    let text = try names.text(index, at: place)
    guard text.contains("/") else { throw WireError(place, "\"\(text)\" is no check name") }
    return CheckName(rawValue: text)
}

private func decode(_ reason: ProtoReason, _ names: NameList, at place: String) throws(WireError) -> Reason {
    Reason(
        try names.text(reason.codeName, at: "\(place).code_name"),
        step: try names.text(reason.stepName, at: "\(place).step_name"),
        expected: try names.text(reason.expectedName, at: "\(place).expected_name"),
        got: try names.text(reason.gotName, at: "\(place).got_name"))
}

private func decode(_ messages: [ProtoStateChange], _ names: NameList) throws(WireError) -> [StateChange] {
    var changes: [StateChange] = []
    for (index, message) in messages.enumerated() {
        let place = "states[\(index)]"
        guard let state = State(rawValue: Int(message.state)) else {
            throw WireError("\(place).state", "\(message.state) is no state")
        }
        changes.append(
            StateChange(
                check: try checkName(message.checkName, names, at: "\(place).check_name"),
                outcome: Outcome(
                    state, reason: message.hasReason ? try decode(message.reason, names, at: "\(place).reason") : nil),
                since: Instant(microseconds: message.since),
                confirmed: Instant(microseconds: message.confirmed),
                runs: Int(message.runs),
                isRestated: message.restated))
    }
    return changes
}

private func decode(_ messages: [ProtoPath], _ names: NameList) throws(WireError) -> [Path] {
    guard messages.count <= Limits.pathsPerReport else {
        throw WireError("paths", "\(messages.count); at most \(Limits.pathsPerReport)")
    }
    var paths: [Path] = []
    for (index, message) in messages.enumerated() {
        let place = "paths[\(index)]"
        guard let occasion = Path.Occasion(rawValue: Int(message.occasion)),
            let end = Path.End(rawValue: Int(message.end))
        else { throw WireError(place, "occasion \(message.occasion), end \(message.end): not known") }
        guard message.addressName.count == message.roundTrip.count, message.addressName.count <= Limits.hopsPerPath,
            message.detail.utf8.count <= Limits.textBytes
        else {
            throw WireError(
                place, "\(message.addressName.count) addresses, \(message.roundTrip.count) round trips; or too long")
        }
        var hops: [Path.Hop] = []
        for (row, name) in message.addressName.enumerated() {
            let microseconds = Int64(clamping: message.roundTrip[row])
            hops.append(
                Path.Hop(
                    address: try names.text(name, at: "\(place).address_name[\(row)]"),
                    roundTrip: microseconds > 0 ? .microseconds(microseconds) : nil))
        }
        paths.append(
            Path(
                check: try checkName(message.checkName, names, at: "\(place).check_name"),
                seen: Instant(microseconds: message.seen), occasion: occasion, hops: hops, end: end,
                detail: message.detail))
    }
    return paths
}

private func decode(_ message: ProtoFacts) throws(WireError) -> FactSheet {
    guard message.path.count == message.value.count, message.path.count <= Limits.factsPerReport else {
        throw WireError(
            "facts", "\(message.path.count) paths, \(message.value.count) values; at most \(Limits.factsPerReport)")
    }
    var facts: [Fact] = []
    for (index, path) in message.path.enumerated() {
        guard !path.isEmpty, path.utf8.count <= 1024, message.value[index].utf8.count <= Limits.textBytes else {
            throw WireError("facts[\(index)]", "an empty path, or too long")
        }
        facts.append(Fact(path: path, value: message.value[index]))
    }
    return FactSheet(
        asset: message.asset, source: message.source, seen: Instant(microseconds: message.seen), facts: facts)
}

private func decode(_ messages: [ProtoFinding]) throws(WireError) -> [Finding] {
    guard messages.count <= Limits.findingsPerReport else {
        throw WireError("findings", "\(messages.count); at most \(Limits.findingsPerReport)")
    }
    var findings: [Finding] = []
    for (index, message) in messages.enumerated() {
        let place = "findings[\(index)]"
        guard let severity = Severity(rawValue: Int(message.severity)) else {
            throw WireError("\(place).severity", "\(message.severity) is no severity")
        }
        guard !message.rule.isEmpty, message.rule.utf8.count <= 100, message.subject.utf8.count <= 1024 else {
            throw WireError(place, "an empty rule, or too long")
        }
        guard message.field.count == message.text.count, message.text.count <= Limits.evidencePerFinding,
            (message.field + message.text).allSatisfy({ $0.utf8.count <= Limits.textBytes })
        else {
            throw WireError(
                "\(place).text", "\(message.field.count) fields, \(message.text.count) texts; or too long")
        }
        findings.append(
            Finding(
                rule: message.rule, severity: severity, subject: message.subject,
                firstSeen: Instant(microseconds: message.firstSeen), lastSeen: Instant(microseconds: message.lastSeen),
                count: Int(clamping: message.count),
                evidence: zip(message.field, message.text).map { Finding.Evidence($0, $1) }))
    }
    return findings
}
