import AgentKit
import Gzip
import Keys
import ProbeKit
import SwiftProtobuf
import Vocabulary
import Wire

/// What agents and the collector send each other.
enum WireParsers {
    static let all = [
        Parser("report", report), Parser("delivery", delivery), Parser("presence", presence),
        Parser("assignment", assignment), Parser("gzip", zipped), Parser("enrolment", enrolment),
    ]

    private static func report(_ input: inout Input) {
        let bytes = input.whole()
        let isUrgent = Report.isUrgent(bytes)
        guard let report = made({ () throws(WireError) in try Report(decoding: bytes) }) else { return }
        let isNews = !report.states.isEmpty || report.facts != nil || !report.findings.isEmpty || !report.paths.isEmpty
        demand(isUrgent || !isNews, "news that are not urgent")
        let written = made { () throws in try report.encoded() } ?? []
        let again = made { () throws(WireError) in try Report(decoding: written) }
        demandSame(made { () throws in try again?.encoded() }, written, "what is written is read as the same report")
    }

    private static func delivery(_ input: inout Input) {
        guard let reading = made({ () throws(WireError) in try DeliveryReading(input.whole()) }) else { return }
        demand(reading.sound.count + reading.refused.count <= Limits.reportsPerDelivery, "too many reports")
        _ = reading.clockOffset(at: Instant(seconds: 1_800_000_000))
        if let presence = reading.presence { _ = Presence(presence) }
    }

    private static func presence(_ input: inout Input) {
        _ = Presence(input.whole()).blindSpots
    }

    private static func assignment(_ input: inout Input) {
        let assignment = made { () throws(WireError) in
            try Assignment(decoding: input.whole(), catalogue: WordParsers.catalogue)
        }
        guard let assignment else { return }
        demand(assignment.flushInterval >= .milliseconds(500), "flushed every \(assignment.flushInterval)")
        let names = assignment.checks.map(\.check.name)
        demandSame(Set(names).count, names.count, "names are there once")
    }

    private static func zipped(_ input: inout Input) {
        let limit = Int(input.number(as: UInt16.self))
        let bytes = input.whole()
        if let open = made({ () throws(GzipError) in try gunzip(bytes, limit: limit) }) {
            demand(open.count <= limit, "\(open.count) bytes where \(limit) may be")
        }
        let again = made { () throws(GzipError) in try gunzip(gzip(bytes), limit: bytes.count) }
        demandSame(again, bytes, "what is packed is unpacked as the same")
    }

    private static func enrolment(_ input: inout Input) {
        let bytes = input.whole()
        guard let request = made({ () throws in try ProtoEnrolRequest(serializedBytes: bytes) }) else { return }
        _ = made { () throws(KeysError) in try SigningRequest(der: [UInt8](request.signingRequest)) }
    }
}
