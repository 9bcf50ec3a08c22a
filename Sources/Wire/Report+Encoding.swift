internal import SwiftProtobuf
internal import Vocabulary

extension Report {
    /// The bytes that go into the spool and over the wire.
    package func encoded() throws -> [UInt8] {
        var names = NameTable()
        var message = ProtoReport()
        message.version = Limits.version
        message.sealed = sealed.microseconds
        message.observations = encode(observations, into: &names)
        message.states = states.map { encode($0, into: &names) }
        if let facts { message.facts = encode(facts) }
        message.findings = findings.map(encode)
        message.paths = paths.map { encode($0, into: &names) }
        message.names = names.texts
        return try message.serializedBytes()
    }
}

/// The dictionary of a report under construction: each text once.
private struct NameTable {
    private(set) var texts: [String] = []
    private var indexes: [String: UInt32] = [:]

    mutating func index(of text: String) -> UInt32 {
        if let known = indexes[text] { return known }
        let index = UInt32(texts.count)
        texts.append(text)
        indexes[text] = index
        return index
    }
}

private func encode(_ observations: [Observation], into names: inout NameTable) -> ProtoObservations {
    var columns = ProtoObservations()
    var reasons: [Reason: UInt32] = [:]
    var previous: Int64 = 0
    for observation in observations {
        columns.checkName.append(names.index(of: observation.check.rawValue))
        columns.time.append(observation.time.microseconds &- previous)
        previous = observation.time.microseconds
        columns.duration.append(UInt64(clamping: observation.duration.wholeMicroseconds))
        columns.state.append(UInt32(observation.outcome.state.rawValue))
        if let reason = observation.outcome.reason {
            let index = reasons[reason] ?? UInt32(columns.reasons.count)
            if reasons.updateValue(index, forKey: reason) == nil {
                columns.reasons.append(encode(reason, into: &names))
            }
            columns.reason.append(index + 1)
        } else {
            columns.reason.append(0)
        }
        columns.readingCount.append(UInt32(observation.readings.count))
        for reading in observation.readings {
            columns.metricName.append(names.index(of: reading.metric.text))
            columns.value.append(reading.value)
        }
    }
    return columns
}

private func encode(_ reason: Reason, into names: inout NameTable) -> ProtoReason {
    var message = ProtoReason()
    message.codeName = names.index(of: reason.code)
    message.stepName = names.index(of: reason.step)
    message.expectedName = names.index(of: reason.expected)
    message.gotName = names.index(of: reason.got)
    return message
}

private func encode(_ path: Path, into names: inout NameTable) -> ProtoPath {
    var message = ProtoPath()
    message.checkName = names.index(of: path.check.rawValue)
    message.seen = path.seen.microseconds
    message.occasion = UInt32(path.occasion.rawValue)
    message.end = UInt32(path.end.rawValue)
    for hop in path.hops.prefix(Limits.hopsPerPath) {
        message.addressName.append(names.index(of: hop.address))
        // Nobody answers in no time at all: 0 is none.
        message.roundTrip.append(hop.roundTrip.map { UInt64(clamping: max(1, $0.wholeMicroseconds)) } ?? 0)
    }
    message.detail = path.detail
    return message
}

private func encode(_ change: StateChange, into names: inout NameTable) -> ProtoStateChange {
    var message = ProtoStateChange()
    message.checkName = names.index(of: change.check.rawValue)
    message.state = UInt32(change.outcome.state.rawValue)
    if let reason = change.outcome.reason { message.reason = encode(reason, into: &names) }
    message.since = change.since.microseconds
    message.confirmed = change.confirmed.microseconds
    message.runs = UInt32(clamping: change.runs)
    message.restated = change.isRestated
    return message
}

private func encode(_ sheet: FactSheet) -> ProtoFacts {
    var message = ProtoFacts()
    message.asset = sheet.asset
    message.source = sheet.source
    message.seen = sheet.seen.microseconds
    message.path = sheet.facts.map(\.path)
    message.value = sheet.facts.map(\.value)
    return message
}

private func encode(_ finding: Finding) -> ProtoFinding {
    var message = ProtoFinding()
    message.rule = finding.rule
    message.severity = UInt32(finding.severity.rawValue)
    message.subject = finding.subject
    message.firstSeen = finding.firstSeen.microseconds
    message.lastSeen = finding.lastSeen.microseconds
    message.count = UInt64(clamping: finding.count)
    message.field = finding.evidence.map(\.field)
    message.text = finding.evidence.map(\.text)
    return message
}
