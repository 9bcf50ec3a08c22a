package import Patterns
package import ProbeSettings
package import Vocabulary

/// What may be set on an `http` check.
package struct HTTPSettings: ProbeSettings {
    package static let kind: ProbeKind = "http"
    package static let pace = Pace(every: .seconds(10), within: .seconds(5))

    package enum Method: String, CaseIterable, Sendable {
        case get = "GET"
        case head = "HEAD"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
        case options = "OPTIONS"
    }

    package enum Family: String, CaseIterable, Sendable {
        case any, ipv4, ipv6
    }

    /// A header field to send.
    package struct Field: Hashable, Sendable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// A header field to look for, and what it must hold; nil: anything.
    package struct ExpectedField: Hashable, Sendable {
        package var name: String
        package var pattern: Pattern?
    }

    package enum Version: String, CaseIterable, Sendable {
        /// HTTP/2 where the server agrees to it.
        case any
        case one = "1.1"
        case two = "2"
    }

    package var method: Method
    /// The body of the request; empty for none.
    package var send: String
    package var version: Version
    package var status: StatusSet
    /// What the body must hold, and what it must not.
    package var body: Pattern?
    package var absent: Pattern?
    /// Of a body of JSON.
    package var values: [JSONExpectation]
    package var expectedFields: [ExpectedField]
    package var sentFields: [Field]
    package var access: HTTPAccess?
    /// The URL of an HTTP proxy.
    package var proxy: String?
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
        send = reader.text("send", default: "")
        method = try reader.choice("method", default: send.isEmpty ? .get : .post)
        version = try reader.choice("version", default: .any)
        let codes = reader.text("expect.status", default: "200-399")
        guard let status = StatusSet(codes) else {
            throw SettingsError(
                key: "expect.status", problem: "\"\(codes)\" is not a list of statuses such as 200 or 200-299,301")
        }
        self.status = status
        body = try Self.pattern("expect.body", reader.text("expect.body"))
        absent = try Self.pattern("expect.body.absent", reader.text("expect.body.absent"))
        values = []
        for (path, value) in reader.texts(under: "expect.json.") {
            values.append(try JSONExpectation(path: path, value: value, key: "expect.json." + path))
        }
        expectedFields = []
        for field in try Self.fields(under: "expect.header.", from: &reader) {
            let pattern = try Self.pattern("expect.header." + field.name, field.value.isEmpty ? nil : field.value)
            expectedFields.append(ExpectedField(name: field.name, pattern: pattern))
        }
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
        access = try HTTPAccess(from: &reader)
        proxy = reader.text("proxy")
        if let proxy { try Self.judge(proxy: proxy) }
        guard method != .head || body == nil && absent == nil && values.isEmpty else {
            throw SettingsError(key: "method", problem: "HEAD brings no body, but one is expected")
        }
        guard send.isEmpty || method != .get && method != .head else {
            throw SettingsError(key: "send", problem: "\(method.rawValue) takes no body along")
        }
        guard send.utf8.count <= 64 << 10 else { throw SettingsError(key: "send", problem: "is longer than 64 KiB") }
    }

    private static func pattern(_ key: String, _ text: String?) throws(SettingsError) -> Pattern? {
        guard let text else { return nil }
        do throws(PatternFault) {
            return try Pattern(text)
        } catch {
            throw SettingsError(key: key, problem: error.problem)
        }
    }

    private static func judge(proxy: String) throws(SettingsError) {
        do throws(SettingsError) {
            guard try HTTPTarget(proxy).path.drop(while: { $0 == "/" }).isEmpty else {
                throw SettingsError(key: "proxy", problem: "\"\(proxy)\" is more than a proxy's address")
            }
        } catch {
            throw SettingsError(key: "proxy", problem: error.problem)
        }
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
