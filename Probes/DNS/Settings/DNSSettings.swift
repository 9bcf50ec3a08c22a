package import ProbeSettings
package import Vocabulary

/// What may be set on a `dns` check; its target is a name server, with a port when it is not 53 (853 by TLS).
package struct DNSSettings: ProbeSettings {
    package enum Transport: String, CaseIterable, Hashable, Sendable {
        /// By TCP again where the answer did not fit.
        case udp
        case tcp
        /// DNS over TLS (RFC 7858).
        case tls
    }

    package static var kind: ProbeKind { "dns" }
    package static var pace: Pace { Pace(every: .seconds(10), within: .seconds(4)) }

    /// What to ask for.
    package var name: DNSName
    package var type: RecordType
    package var transport: Transport
    package var family: TargetFamily
    /// Whether the server is to ask others.
    package var recursion: Bool
    /// Which code is in order.
    package var code: ResponseCode
    /// Each must be among the answers.
    package var answers: [String]
    /// Name servers that must have the same serial number of the zone.
    package var peers: [HostPort]
    /// Degraded when the answer takes longer.
    package var slow: Duration?
    package var verifies: Bool

    package init(from reader: inout SettingsReader) throws(SettingsError) {
        name = try DNSName(reader.text("name", default: "."), key: "name")
        let word = reader.text("type", default: name.labels.isEmpty ? "NS" : "A")
        guard let type = RecordType(name: word) else {
            let known = RecordType.allCases.map(\.name).joined(separator: ", ")
            throw SettingsError(key: "type", problem: "\"\(word)\" is none of: \(known)")
        }
        self.type = type
        transport = try reader.choice("transport", default: .udp)
        family = try reader.choice("family", default: .any)
        recursion = try reader.flag("recursion", default: true)
        let code = reader.text("expect.code", default: ResponseCode.noError.name)
        guard let code = ResponseCode(name: code) else {
            let known = ResponseCode.allCases.map(\.name).joined(separator: ", ")
            throw SettingsError(key: "expect.code", problem: "\"\(code)\" is none of: \(known)")
        }
        self.code = code
        answers = Self.words(reader.text("expect.answer", default: ""))
        peers = []
        for word in Self.words(reader.text("serial.peers", default: "")) {
            do throws(SettingsError) {
                peers.append(try HostPort(word, defaultPort: transport == .tls ? 853 : 53))
            } catch {
                throw SettingsError(key: "serial.peers", problem: error.problem)
            }
        }
        slow =
            switch try reader.duration("slow", in: .zero ... .seconds(60), default: .zero) {
            case .zero: nil
            case let span: span
            }
        verifies = try reader.flag("verify", default: true)
        guard peers.isEmpty || type == .soa else {
            throw SettingsError(key: "serial.peers", problem: "goes with type SOA: it is the zone's serial number")
        }
    }

    /// By comma: a text may hold blanks.
    private static func words(_ text: String) -> [String] {
        text.split(separator: ",").map { word in
            var word = word.drop { $0 == " " }
            while word.last == " " { word.removeLast() }
            return String(word)
        }.filter { !$0.isEmpty }
    }

    package var defaultPort: UInt16 { transport == .tls ? 853 : 53 }

    package static func validate(target: String) throws(SettingsError) {
        _ = try HostPort(target, defaultPort: 53)
    }
}
