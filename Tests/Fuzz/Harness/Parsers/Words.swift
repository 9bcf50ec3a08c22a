import CodecSettings
import DNSSettings
import Detection
import Enrolment
import ExecSettings
import H323Settings
import HTTPSettings
import HostSettings
import ICMPSettings
import Inventory
import Keys
import NTPSettings
import Patterns
import ProbeKit
import ProbeSettings
import PrometheusSettings
import SIPSettings
import SNMPSettings
import TCPSettings
import TLSSettings
import Vocabulary

/// Short texts with a meaning: settings of checks, targets, days and times, values of the book, tokens.
enum WordParsers {
    static let all = [
        Parser("settings", settings), Parser("host-port", hostPort), Parser("url", url), Parser("span", span),
        Parser("statuses", statuses), Parser("days", days), Parser("moment", moment), Parser("book", book),
        Parser("token", token), Parser("certificate", certificate), Parser("fact", fact), Parser("pattern", pattern),
        Parser("json-path") { input in _ = JSONPath(input.text()) },
    ]

    /// A stand-in for the probe of a kind, whose settings alone are wanted.
    private struct Silent<Settings: ProbeSettings>: Probe {
        func measure(_ target: String, settings: Settings, until deadline: ContinuousClock.Instant) async -> Answer {
            Answer(.unknown(Reason("stand-in")))
        }
    }

    /// Every kind that an assignment may bring.
    static let catalogue = Catalogue([
        .init(Silent<CodecSettings>()), .init(Silent<DNSSettings>()), .init(Silent<H323Settings>()),
        .init(Silent<ExecSettings>()), .init(Silent<HostSettings>()), .init(Silent<HTTPSettings>()),
        .init(Silent<ICMPSettings>()),
        .init(Silent<NTPSettings>()), .init(Silent<PrometheusSettings>()), .init(Silent<SIPSettings>()),
        .init(Silent<SNMPSettings>()), .init(Silent<TCPSettings>()), .init(Silent<TLSSettings>()),
    ])

    /// Kind, target, then keys and values, each on its line.
    private static func settings(_ input: inout Input) {
        let kind = input.choice(of: catalogue.kinds)
        var lines = input.text().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let target = lines.isEmpty ? "" : lines.removeFirst()
        var values: [String: String] = [:]
        for line in lines {
            let sides = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            values[sides[0]] = sides.count > 1 ? sides[1] : ""
        }
        _ = made { () throws(SettingsError) in try catalogue.question(kind, target: target, settings: values) }
    }

    private static func hostPort(_ input: inout Input) {
        let port = input.number(as: UInt16.self)
        guard let place = made({ () throws(SettingsError) in try HostPort(input.text(), defaultPort: max(1, port)) })
        else { return }
        let again = made { () throws(SettingsError) in try HostPort(place.description, defaultPort: 9) }
        demandSame(again, place, "a place is read as it is written")
    }

    private static func url(_ input: inout Input) {
        let text = input.text()
        _ = made { () throws(SettingsError) in try PrometheusSettings.validate(target: text) }
        guard let target = made({ () throws(SettingsError) in try HTTPTarget(text) }) else { return }
        demand(!target.host.isEmpty && target.port > 0, "\(text) has no host")
    }

    private static func span(_ input: inout Input) {
        let text = input.text()
        _ = (CodePoint.parse(text), RecordType(name: text), ResponseCode(name: text))
        guard let span = Duration(spelled: text) else { return }
        demandSame(Duration(spelled: span.spelled), span, "a span is read as it is written")
    }

    private static func statuses(_ input: inout Input) {
        let text = input.text()
        if let set = StatusSet(text) { demandSame(StatusSet(set.description), set, "statuses") }
        if let range = made({ () throws in try StatusRange(text) }) {
            demandSame(made { () throws in try StatusRange(range.description) }, range, "statuses")
        }
    }

    private static func days(_ input: inout Input) {
        let text = input.text()
        if let rule = made({ () throws(CalendarError) in try DayRule(text) }) {
            let again = made { () throws(CalendarError) in try DayRule(rule.description) }
            demandSame(again, rule, "a rule is read as it is written")
            _ = made { () throws(CalendarError) in try QuietHours([.low: [rule]]) }
        }
        if let days = made({ () throws(CalendarError) in try Hours.exception(text) }) {
            demand((1...367).contains(days.count), "\(days.count) days")
            let hours = Hours(name: "h", times: Timetable(rules: [], exceptions: days))
            demandSame(hours.exceptionTexts.count, 1, "one line is written as one")
        }
        if let month = Month(text) { demandSame(Month(month.description), month, "a month") }
    }

    private static func moment(_ input: inout Input) {
        guard let instant = LocalTime.instant(input.text()) else { return }
        demandSame(LocalTime.instant(LocalTime.text(instant)), instant, "a moment is read as it is written")
    }

    private static func book(_ input: inout Input) {
        let field = input.choice(of: BookField.allCases)
        guard let value = made({ () throws(BookError) in try BookValue.normal(input.text(), for: field) }) else {
            return
        }
        let again = made { () throws(BookError) in try BookValue.normal(value, for: field) }
        demandSame(again, value, "what is normal stays as it is")
    }

    private static func token(_ input: inout Input) {
        let text = input.text()
        if let token = made({ () throws(EnrolmentTokenError) in try EnrolmentToken(text) }) {
            let again = made { () throws(EnrolmentTokenError) in try EnrolmentToken(token.text) }
            demandSame(again, token, "a token is read as it is written")
        }
        if let print = Fingerprint(text) { demandSame(Fingerprint(print.description), print, "a fingerprint") }
        if let bytes = Base64.url.decode(text) { demandSame(Base64.url.encode(bytes), text, "base64") }
        if let bytes = Hex.decode(text) { demandSame(Hex.encode(bytes), text.lowercased(), "hexadecimal") }
        _ = (AgentID(text), AlternativeNames.addressBytes(text))
        _ = made { () throws(KeysError) in try PasswordHash(text) }
    }

    /// By OpenSSL, whose own code is not looked into.
    private static func certificate(_ input: inout Input) {
        let isText = input.flag()
        let bytes = input.whole()
        let certificate = made { () throws(KeysError) in
            isText
                ? try Certificate(pem: String(decoding: bytes, as: UTF8.self)) : try Certificate(der: bytes)
        }
        if let certificate {
            let again = made { () throws(KeysError) in try Certificate(pem: certificate.pem) }
            demandSame(again, certificate, "a certificate is read as it is written")
            _ = AgentIdentity.agent(of: certificate)
        }
        _ = made { () throws(KeysError) in try SigningRequest(der: bytes) }
    }

    /// By the C library, whose own code is not looked into.
    private static func pattern(_ input: inout Input) {
        let text = input.word()
        guard let pattern = made({ () throws(PatternFault) in try Pattern(text) }) else { return }
        let bytes = input.whole()
        let found = pattern.matches(bytes)
        if !text.hasPrefix("/") { demandSame(found, bytes.holds(Array(text.utf8)), "text is looked for as it stands") }
    }

    private static func fact(_ input: inout Input) {
        let segments = [input.word(), input.word()]
        let fact = Fact(segments[0], segments[1], value: "")
        demandSame(fact.segments, segments, "a path is read as it is written")
    }
}
