import Courier
import Curl
import Foundation
import Keys
import Notify
import Testing
import Vocabulary

/// What an operator writes in Mustache: nothing that is inserted can become part of the form it is inserted into.
@Suite struct BodyTemplateTests {
    private func values(_ name: String) -> TemplateValues {
        TemplateValues(
            Courier.Notification(
                id: 7, alert: 3, kind: .problem, asset: name, site: "", check: nil,
                outcome: .down(Reason("timed-out", got: name)), since: Instant(seconds: 1_700_000_000), resolved: nil,
                isRepeated: false, subject: name, text: name))
    }

    /// Any text, and those that have a meaning in JSON more often than others.
    static let names: [String] = {
        var random = SystemRandomNumberGenerator()
        let pieces = [
            "\"", "\\", "{{asset}}", "}}", "\n", "\u{0}", "\u{301}", "\"\u{301}", "\u{2028}", "ệ", "🙂", "a", "\u{7F}",
        ]
        return (0..<200).map { _ in
            (0..<Int.random(in: 0...12, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
                .joined()
        }
    }()

    @Test(arguments: names) func aNameStaysOneTextInJSON(name: String) throws {
        let template = try BodyTemplate(#"{"text": "{{asset}}", "why": "{{reason.got}}", "id": {{id}}}"#, form: .json)
        let body = template.rendered(values(name))
        let read = try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any]
        #expect(read?.keys.sorted() == ["id", "text", "why"], "\(body)")
        // Compared by scalars: a string is equal to another that is written otherwise.
        #expect((read?["text"] as? String).map { Array($0.unicodeScalars) } == Array(name.unicodeScalars))
        #expect((read?["why"] as? String).map { Array($0.unicodeScalars) } == Array(name.unicodeScalars))
    }

    @Test(arguments: names) func aNameStaysOneValueInAForm(name: String) throws {
        let body = try BodyTemplate("text={{asset}}&id={{id}}", form: .form).rendered(values(name))
        let parts = body.split(separator: "&")
        #expect(parts.count == 2 && parts.last == "id=7", "\(body)")
        let back = parts.first?.dropFirst("text=".count).removingPercentEncoding
        #expect(back.map { Array($0.unicodeScalars) } == Array(name.unicodeScalars))
    }

    @Test(arguments: [
        ("{\"a\": \"{{{asset}}}\"}", 1, "no JSON"),
        ("{\"a\": {{asset}}}", 1, "no JSON"),
        ("{{% CONTENT_TYPE:TEXT}}{\"a\": \"{{asset}}\"}", 1, "no JSON"),
        ("{\n\"a\": \"{{hostname}}\"\n}", 2, "there is no value \"hostname\""),
        ("{\n\"a\": \"{{reason.colour}}\"\n}", 2, "there is no value \"colour\""),
        ("{\n\n\"a\": \"{{#asset}}\"}", 3, "no Mustache"),
        ("{\"a\": \"{{#resolved}}\"}{{/resolved}}", 1, "no JSON"),
    ])
    func whatWouldFailAtNightIsRefusedByDay(text: String, line: Int, words: String) {
        let fault = TemplateCheck.fault(of: text, form: .json, samples: TemplateValues.samples)
        #expect(fault?.line == line && fault?.problem.contains(words) == true, "\(String(describing: fault))")
    }

    @Test(arguments: [
        #"{"a": "{{asset}}{{#reason}} {{got}} {{asset}}{{/reason}}{{^resolved}}!{{/resolved}}", "b": {{repeated}}}"#,
        "[{{#recovery}}1{{/recovery}}{{^recovery}}2{{/recovery}}]",
    ])
    func whatIsSoundIsTaken(text: String) {
        #expect(TemplateCheck.fault(of: text, form: .json, samples: TemplateValues.samples) == nil)
    }

    @Test func theFormFollowsTheContentType() {
        #expect(BodyForm(contentType: "application/json; charset=utf-8") == .json)
        #expect(BodyForm(contentType: "application/vnd.api+JSON") == .json)
        #expect(BodyForm(contentType: "text/plain") == .text)
        #expect(BodyForm(contentType: "application/x-www-form-urlencoded") == .form)
        #expect(BodyForm(contentType: "application/xml") == nil)
    }

    /// Computed with another program: `printf '1700000000.{"a":"Hỏng"}' | openssl dgst -sha256 -hmac khóa`.
    @Test func theSignatureIsTheOneThatOthersCompute() throws {
        var key = Array("khóa".utf8)
        let header = try WebhookSignature.header(
            of: Array(#"{"a":"Hỏng"}"#.utf8), key: SecretBytes(wiping: &key), at: Instant(seconds: 1_700_000_000))
        #expect(header.name == "X-Haidang-Signature")
        #expect(header.value == "t=1700000000,v1=f3a55a63ccc640dfcfb2b54d298b270ef76d1ff4d461683a3ad328ceeca9c5e9")
    }
}
