import Testing
import Vocabulary
import Wire

@Suite struct ReportTests {
    let report = Report(
        sealed: Instant(seconds: 1_700_000_000),
        observations: [
            Observation(
                check: CheckName(asset: "web-1", part: "http"), time: Instant(microseconds: 1_700_000_000_000_001),
                duration: .microseconds(1234), outcome: .up,
                readings: [Reading(Metric("http_seconds", ["phase": "tls"]), 0.25), Reading(Metric("http_bytes"), 10)]),
            Observation(
                check: CheckName(asset: "web-1", part: "icmp"), time: Instant(microseconds: 1_699_999_999_000_000),
                duration: .zero, outcome: .down(Reason("timeout", step: "reply", expected: "5", got: "0")), readings: []
            ),
        ],
        states: [
            StateChange(
                check: CheckName(asset: "web-1", part: "icmp"), outcome: .unknown(Reason("no-route")),
                since: Instant(seconds: -5), confirmed: Instant(seconds: 7), runs: 4)
        ],
        facts: FactSheet(
            asset: "", source: "agent", seen: Instant(seconds: 9), facts: [Fact("os", "name", value: "Debian")]),
        paths: [
            Path(
                check: CheckName(asset: "web-1", part: "icmp"), seen: Instant(seconds: 8), occasion: .trouble,
                hops: [
                    .init(address: "10.0.0.1", roundTrip: .microseconds(310)), .init(address: "", roundTrip: nil),
                    .init(address: "2001:db8::1", roundTrip: .microseconds(1)),
                ], end: .refused, detail: "prohibited")
        ])

    @Test func survivesTheWire() throws {
        #expect(try Report(decoding: report.encoded()) == report)
    }

    @Test func theOutlineTellsSamplesFromTheRest() throws {
        func isUrgent(_ change: (inout Report) -> Void) throws -> Bool {
            var changed = report
            change(&changed)
            return Report.isUrgent(try changed.encoded())
        }
        #expect(try isUrgent { _ in })
        #expect(try isUrgent { $0.facts = nil })
        #expect(try isUrgent { ($0.states, $0.facts) = ([], nil) })
        #expect(try isUrgent { $0.states = [] })
        #expect(try !isUrgent { ($0.states, $0.facts, $0.paths) = ([], nil, []) })
    }

    /// No bytes are a trap, and what ends too early never passes for samples.
    @Test func anOutlineCutShortIsUrgent() throws {
        var samples = report
        (samples.states, samples.facts, samples.paths) = ([], nil, [])
        let bytes = try samples.encoded()
        let sound = (0...bytes.count).filter { !Report.isUrgent(Array(bytes.prefix($0))) }
        #expect(sound.last == bytes.count)
        // Elsewhere it ends between two fields, and so is a report.
        for length in sound where length > 0 && length < bytes.count {
            #expect(throws: Never.self) { try Report(decoding: Array(bytes.prefix(length))) }
        }
        #expect(Report.isUrgent([0x2a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]))
        #expect(Report.isUrgent([UInt8](repeating: 0xff, count: 12)))
    }

    @Test func everyTruncationIsRefusedOrSound() throws {
        let bytes = try report.encoded()
        for length in 0..<bytes.count {
            _ = try? Report(decoding: Array(bytes.prefix(length)))
        }
        #expect(throws: WireError.self) { try Report(decoding: Array(bytes.prefix(bytes.count - 1))) }
    }

    /// Any single byte changed: an error or a sound report, never a trap.
    @Test func everyChangedByteIsRefusedOrSound() throws {
        let bytes = try report.encoded()
        for index in bytes.indices {
            for flip in [0x01, 0x80, 0xff] as [UInt8] {
                var changed = bytes
                changed[index] ^= flip
                if let decoded = try? Report(decoding: changed) {
                    #expect(decoded.observations.count <= Limits.observationsPerReport)
                }
            }
        }
    }

    @Test func anotherVersionIsRefusedByName() throws {
        var bytes = try report.encoded()
        // Field 1, varint: the first two bytes of every report.
        #expect(bytes[0] == 0x08)
        bytes[1] = 9
        #expect(throws: WireError("version", "9; this collector speaks 1")) { try Report(decoding: bytes) }
    }
}
