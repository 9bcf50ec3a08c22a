import DNSProbe
import DNSSettings
import Foundation
import Glibc
import ProbeKit
import ProbeSettings
import Testing
import Vocabulary

/// What name servers say, and what is made of it; the messages are those of bind 9.18, asked with identifier 1234.
@Suite struct DNSTests {
    private static let names = [
        "a", "aaaa", "caa", "cname", "mx", "nxdomain", "refused", "soa", "srv", "truncated", "txt",
    ]

    private func recorded(_ name: String) throws -> [UInt8] {
        let folder = try #require(Bundle.module.resourceURL?.appending(path: "Fixtures"))
        return Array(try Data(contentsOf: folder.appending(path: "\(name).dns")))
    }

    private func settings(_ values: [String: String] = [:]) throws -> DNSSettings {
        try DNSSettings(["name": "portal.tinh.example"].merging(values) { $1 })
    }

    @Test(arguments: [
        ("a", ["192.0.2.80", "192.0.2.81"]), ("aaaa", ["2001:db8::80"]),
        ("caa", ["0 issue ca.example"]), ("cname", ["192.0.2.80", "192.0.2.81", "portal.tinh.example."]),
        ("mx", ["10 mail.tinh.example."]), ("srv", ["10 5 5060 sip.tinh.example."]),
        ("soa", ["ns1.tinh.example. admin.tinh.example. 2026112701 3600 600 86400 60"]),
        ("txt", ["v=spf1 -all second; part"]), ("nxdomain", []), ("refused", []),
    ])
    func recordsAreReadAsZonesHaveThem(name: String, texts: [String]) throws {
        let message = try DNSMessage(recorded(name))
        #expect(message.answers.map(\.text).sorted() == texts)
        #expect(message.identifier == 1234 && !message.isTruncated)
        #expect(message.answers.allSatisfy { $0.life == 300 })
    }

    @Test func whatIsCutOffIsSoAndNothingElse() throws {
        let whole = try recorded("truncated")
        let message = try DNSMessage(whole)
        #expect(message.isTruncated && message.code == 0)
        #expect(throws: DNSMessage.Fault.self) { try DNSMessage(Array(try recorded("soa").dropLast(60))) }
    }

    @Test func anAnswerIsKnownByItsQuestion() throws {
        let question = DNSQuestion(
            identifier: 1234, name: try DNSName("PORTAL.tinh.example", key: "name"), type: .a, wantsRecursion: true)
        #expect(DNSQuestion.key(answering: try recorded("a")) == question.key)
        for other in ["aaaa", "mx", "refused"] {
            #expect(DNSQuestion.key(answering: try recorded(other)) != question.key)
        }
        #expect(DNSQuestion.key(answering: question.bytes) == nil, "a question answers nothing")
        var foreign = question
        foreign.identifier = 1235
        #expect(foreign.key != question.key)
        #expect(question.framed.prefix(2) == [0, UInt8(question.bytes.count)])
        #expect(Array(question.bytes.suffix(11)) == [0, 0, 41, 4, 208, 0, 0, 0, 0, 0, 0])
    }

    @Test(arguments: [
        ("a", ["expect.answer": "192.0.2.81, 192.0.2.80"], "up"),
        ("a", ["expect.code": "NXDOMAIN"], "down name-exists"),
        ("a", ["expect.answer": "192.0.2.99"], "down wrong-answer"), ("nxdomain", [:], "down no-such-name"),
        ("nxdomain", ["expect.code": "nxdomain"], "up"), ("refused", [:], "down refused"),
        ("a", ["type": "MX"], "down no-records"),
        ("mx", ["type": "mx", "expect.answer": "10 MAIL.tinh.example"], "up"),
        ("a", ["slow": "1ms"], "degraded slow"), ("cname", [:], "up"),
    ])
    func eachAnswerHasItsMeaning(name: String, values: [String: String], meaning: String) throws {
        let outcome = DNSVerdict.outcome(
            of: try DNSMessage(recorded(name)), try settings(values), elapsed: .milliseconds(5))
        let said =
            switch outcome {
            case .up: "up"
            case .degraded(let reason): "degraded \(reason.code)"
            case .down(let reason): "down \(reason.code)"
            case .unknown(let reason): "unknown \(reason.code)"
            }
        #expect(said == meaning)
    }

    @Test func serialsAgreeOrTheOtherOneIsNamed() {
        #expect(DNSVerdict.agreement([("a", 5), ("b", 5)]) == nil && DNSVerdict.agreement([("a", nil)]) == nil)
        #expect(
            DNSVerdict.agreement([("a", 5), ("b", 5), ("c", 4)])
                == Reason("serials-differ", step: "c", expected: "serial 5", got: "serial 4"))
        #expect(
            DNSVerdict.agreement([("a", 5), ("b", nil)])
                == Reason("serials-differ", step: "b", expected: "serial 5", got: "no serial number"))
    }

    @Test func pointersInACircleAndNamesWithoutEndAreRefused() throws {
        let head: [UInt8] = [0, 1, 0x81, 0x80, 0, 0, 0, 1, 0, 0, 0, 0]
        let rest: [UInt8] = [0, 1, 0, 1, 0, 0, 0, 0, 0, 0]
        for name: [UInt8] in [[192, 12], [1, 97, 192, 12], [192, 14, 192, 12], [64, 1], [63]] {
            #expect(throws: DNSMessage.Fault.self) { try DNSMessage(head + name + rest) }
        }
        let label: [UInt8] = [63] + [UInt8](repeating: 97, count: 63)
        let long: [UInt8] = label + label + label + label + label + [0]
        #expect(throws: DNSMessage.Fault.self) { try DNSMessage(head + long + rest) }
    }

    @Test(arguments: names) func spoiltMessagesNeverTrap(name: String) throws {
        let (bytes, settings) = (try recorded(name), try settings())
        var seed: UInt64 = 11
        for round in 0..<3000 {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            var spoilt = bytes
            let place = Int(seed >> 33) % spoilt.count
            if round.isMultiple(of: 3) {
                spoilt.removeSubrange(place...)
            } else {
                spoilt[place] = UInt8(seed >> 24 & 0xff)
            }
            _ = DNSQuestion.key(answering: spoilt)
            do throws(DNSMessage.Fault) {
                _ = DNSVerdict.outcome(of: try DNSMessage(spoilt), settings, elapsed: .zero)
            } catch {
                #expect(error.offset <= spoilt.count)
            }
        }
    }

    @Test func aStreamIsTakenApartHoweverItComes() throws {
        let messages = try ["a", "mx", "txt"].map { try recorded($0) }
        let stream = messages.flatMap { [UInt8($0.count >> 8), UInt8($0.count & 255)] + $0 }
        for size in [1, 2, 3, 7, 100, stream.count] {
            var (reader, found) = (DNSStream(), [[UInt8]]())
            for start in Swift.stride(from: 0, to: stream.count, by: size) {
                reader.take(Array(stream[start..<min(start + size, stream.count)]))
                while let message = reader.next() { found.append(message) }
            }
            #expect(found == messages)
        }
    }

    @Test(arguments: [
        (["name": ""], "name"), (["name": "a..b"], "name"), (["name": "xã.example"], "name"), (["type": "ANY"], "type"),
        (["expect.code": "FINE"], "expect.code"), (["serial.peers": "ns1"], "serial.peers"),
        (["type": "SOA", "serial.peers": "a b"], "serial.peers"), (["transport": "quic"], "transport"),
    ])
    func whatCannotBeIsSaid(values: [String: String], key: String) throws {
        let error = #expect(throws: SettingsError.self) { try settings(values) }
        #expect(error?.key == key)
    }

    @Test func peersAreAskedAsTheServerIs() throws {
        for (transport, port) in [("udp", UInt16(53)), ("tcp", 53), ("tls", 853)] {
            let settings = try settings(["type": "SOA", "transport": transport, "serial.peers": "ns1, ns2:5353"])
            #expect(settings.peers.map(\.port) == [port, 5353])
        }
    }

    @Test func namesAreTheSameInEitherCase() throws {
        let name = try DNSName("WWW.Example.", key: "name")
        let other = try DNSName("www.EXAMPLE", key: "name")
        #expect(name.description == "www.example." && name.isSame(as: other))
        #expect(try DNSName(".", key: "name").description == ".")
        #expect(try DNSSettings([:]).type == .ns)
        #expect(DNSName(labels: [[0x2e, 0x00, 0x61]]).description == "\\.\\000a.")
    }
}
