package import ProbeSettings
package import Vocabulary

/// What may be set on an `http` check.
package struct HTTPSettings: ProbeSettings {
    package static let kind: ProbeKind = "http"
    package static let pace = Pace(every: .seconds(10), within: .seconds(5))

    package enum Method: String, CaseIterable, Sendable {
        case get = "GET"
        case head = "HEAD"
    }

    package enum Family: String, CaseIterable, Sendable {
        case any, ipv4, ipv6
    }

    /// A header field to send, or one to look for (its value is then a part of what is expected).
    package struct Field: Hashable, Sendable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    package var method: Method
    package var status: StatusSet
    /// Text that the body must hold, and text that it must not.
    package var body: String?
    package var absent: String?
    package var expectedFields: [Field]
    package var sentFields: [Field]
    package var redirects: Int
    package var verifies: Bool
    /// Degraded when the certificate ends within so many days; 0 never.
    package var certificateDays: Int
    /// Degraded when the whole exchange takes longer.
    package var slow: Duration?
    package var family: Family
    /// In bytes.
    package var bodyLimit: Int

    package static func validate(target: String) throws(SettingsError) {
        _ = try HTTPTarget(target)
    }

    package init(from reader: inout SettingsReader) throws(SettingsError) {
        method = try reader.choice("method", default: .get)
        let codes = reader.text("expect.status", default: "200-399")
        guard let status = StatusSet(codes) else {
            throw SettingsError(
                key: "expect.status", problem: "\"\(codes)\" is not a list of statuses such as 200 or 200-299,301")
        }
        self.status = status
        body = try Self.text("expect.body", from: &reader)
        absent = try Self.text("expect.body.absent", from: &reader)
        expectedFields = try Self.fields(under: "expect.header.", from: &reader)
        sentFields = try Self.fields(under: "header.", from: &reader)
        redirects = try reader.integer("redirects", in: 0...10, default: 0)
        verifies = try reader.flag("verify", default: true)
        certificateDays = try reader.integer("certificate.days", in: 0...3650, default: 14)
        slow =
            switch try reader.duration("slow", in: .zero ... .seconds(3600), default: .zero) {
            case .zero: nil
            case let span: span
            }
        family = try reader.choice("family", default: .any)
        bodyLimit = try reader.integer("body.limit", in: 1...(64 << 20), default: 1 << 20)
        guard method == .get || body == nil && absent == nil else {
            throw SettingsError(key: "method", problem: "HEAD brings no body, but one is expected")
        }
    }

    private static func text(_ key: String, from reader: inout SettingsReader) throws(SettingsError) -> String? {
        guard let text = reader.text(key) else { return nil }
        guard !text.isEmpty else { throw SettingsError(key: key, problem: "is empty: every body holds nothing") }
        return text
    }

    private static func fields(
        under prefix: String, from reader: inout SettingsReader
    ) throws(SettingsError) -> [Field] {
        var fields: [Field] = []
        for (name, value) in reader.texts(under: prefix) {
            guard name.utf8.allSatisfy({ tokenBytes.contains($0) }) else {
                throw SettingsError(key: prefix + name, problem: "\"\(name)\" is no name of a header field")
            }
            guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f || $0 == 0x09 }) else {
                throw SettingsError(key: prefix + name, problem: "holds a control character")
            }
            fields.append(Field(name: name, value: value))
        }
        return fields
    }

    /// What names of header fields are made of (RFC 9110, 5.6.2).
    private static let tokenBytes = Set(
        "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
}
