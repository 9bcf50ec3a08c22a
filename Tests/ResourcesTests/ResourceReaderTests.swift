import Courier
import Notify
import Resources
import Testing
import Vocabulary

@Suite struct ResourceReaderTests {
    static let good = """
        apiVersion: haidang/v1
        kind: Asset
        name: public-portal
        class: service
        url: https://portal.example/
        importance: core
        ---
        apiVersion: haidang/v1
        kind: Route
        name: on-duty
        match: {importance: [core, normal]}
        channel: {webhook: {url: "http://127.0.0.1:9009/"}}
        """

    @Test func theShapesOfTheGuideAreRead() throws {
        let resources = try ResourceReader.read(Self.good, file: "a.yaml")
        #expect(resources.map(\.resource.name) == ["public-portal", "on-duty"])
        guard case .asset(let asset) = resources[0].resource, case .route(let route) = resources[1].resource else {
            Issue.record("an asset and a route")
            return
        }
        #expect(asset.url == "https://portal.example/" && asset.importance == .core && asset.assetClass == "service")
        #expect(route.importance == [.core, .normal] && route.language == "vi")
        #expect(route.channels == RouteChannels(first: .webhook(.init(url: "http://127.0.0.1:9009/"))))
    }

    /// A route whose channel stands on line 6, two blanks in.
    private static func route(_ channel: String) -> String {
        "apiVersion: haidang/v1\nkind: Route\nname: r\nlanguage: en\nchannel:\n  \(channel)\n"
    }

    /// Each names the rule it breaks, the line, and a word of the problem.
    @Test(arguments: [
        ("kind: Asset\nname: a\nclass: service\n", 1, "apiVersion is missing"),
        ("apiVersion: haidang/v2\nkind: Asset\nname: a\nclass: server\n", 1, "haidang/v2"),
        (
            "apiVersion: haidang/v1\nkind: Thing\nname: a\n", 1,
            "none of: Unit, Site, Hours, Asset, Rule, Maintenance, Route"
        ),
        ("apiVersion: haidang/v1\nkind: Asset\nname: a\nclass: server\ncolour: red\n", 5, "unknown key \"colour\""),
        ("apiVersion: haidang/v1\nkind: Asset\nname: a\nclass: toaster\n", 4, "none of: server, service, switch"),
        ("apiVersion: haidang/v1\nkind: Asset\nname: A b\nclass: server\n", 1, "lower-case"),
        ("apiVersion: haidang/v1\nkind: Asset\nname: a\nclass: service\nurl: ftp://x/\n", 5, "url"),
        ("apiVersion: haidang/v1\nkind: Asset\nname: a\nclass: service\naddress: x:99999\n", 5, "address"),
        ("apiVersion: haidang/v1\nkind: Asset\nname: a\nclass: server\nimportance: huge\n", 5, "core, normal, low"),
        ("apiVersion: haidang/v1\nkind: Asset\nname: a\nname: b\nclass: server\n", 3, "name stands here twice"),
        ("apiVersion: haidang/v1\nkind: Asset\nname: [a]\nclass: server\n", 3, "one value"),
        ("apiVersion: haidang/v1\nkind: Asset\nname: a\nclass: licence\naddress: 10.0.0.1\n", 5, "takes none"),
        ("apiVersion: haidang/v1\nkind: Asset\nname: a\nclass: server\nbook: {colour: red}\n", 5, "colour"),
        ("apiVersion: haidang/v1\nkind: Asset\nname: a\nclass: server\nbook: {seats: 3}\n", 5, "is none of"),
        ("apiVersion: haidang/v1\nkind: Asset\nname: a\nclass: server\nbook:\n  price: 1.5\n", 6, "đồng"),
        ("apiVersion: haidang/v1\nkind: Asset\nname: a\nclass: server\nvia: [b, b]\n", 5, "twice"),
        ("apiVersion: haidang/v1\nkind: Unit\nname: u\nbegins: soon\n", 4, "no date"),
        ("apiVersion: haidang/v1\nkind: Unit\nname: u\nbegins: 2024-01-02\nends: 2024-01-01\n", 1, "is before"),
        ("apiVersion: haidang/v1\nkind: Site\nname: s\nlatitude: 91\nlongitude: 0\n", 4, "-90 to 90"),
        ("apiVersion: haidang/v1\nkind: Site\nname: s\nlatitude: 9\n", 1, "go together"),
        ("apiVersion: haidang/v1\nkind: Site\nname: s\ncontacts: [{phone: 1}]\n", 4, "name is missing"),
        ("apiVersion: haidang/v1\nkind: Site\nname: s\ncontacts: [{name: a, phone: x}]\n", 4, "telephone"),
        ("apiVersion: haidang/v1\nkind: Site\nname: s\ncontacts: [{name: a, fax: 1}]\n", 4, "unknown key \"fax\""),
        ("apiVersion: haidang/v1\nkind: Hours\nname: h\n", 1, "weekly is missing"),
        ("apiVersion: haidang/v1\nkind: Hours\nname: h\nweekly:\n  - mon 7:00-9:00\n  - mon 25:00-26:00\n", 6, "25:00"),
        ("apiVersion: haidang/v1\nkind: Hours\nname: h\nweekly: day 3 07:00-09:00\n", 4, "of the month"),
        ("apiVersion: haidang/v1\nkind: Hours\nname: h\nexcept:\n  - 2026-02-30 closed\n", 5, "2026-02-30"),
        ("apiVersion: haidang/v1\nkind: Hours\nname: h\nexcept: [2026-09-02 closed, 2026-09-02 closed]\n", 4, "twice"),
        ("apiVersion: haidang/v1\nkind: Maintenance\nname: m\nfrom: 2026-11-28 22:00\n", 1, "it is for nothing"),
        ("apiVersion: haidang/v1\nkind: Maintenance\nname: m\nclasses: codec\nfrom: soon\n", 5, "no moment"),
        ("apiVersion: haidang/v1\nkind: Maintenance\nname: m\nclasses: codec\nfrom: 2026-11-28 22:00\n", 1, "until"),
        (
            "apiVersion: haidang/v1\nkind: Maintenance\nname: m\nclasses: codec\nfrom: 2026-11-28 22:00\n"
                + "until: 2026-11-28 21:00\n", 6, "not after"
        ),
        ("apiVersion: haidang/v1\nkind: Maintenance\nname: m\nclasses: codec\nevery: sun\n", 5, "no time of day"),
        (
            "apiVersion: haidang/v1\nkind: Maintenance\nname: m\nclasses: toaster\nevery: sun 01:00-02:00\n", 4,
            "toaster"
        ),
        ("apiVersion: haidang/v1\nkind: Route\nname: r\n", 1, "channel is missing"),
        ("apiVersion: haidang/v1\nkind: Route\nname: r\nchannel: {pigeon: {}}\n", 4, "neither webhook, mail"),
        ("apiVersion: haidang/v1\nkind: Route\nname: r\nchannel: {webhook: {url: x}}\n", 4, "no http or https"),
        (
            "apiVersion: haidang/v1\nkind: Route\nname: r\nchannel:\n  mail:\n    server: smtp://m\n    from: a@b\n    to: [c@d]\n"
                + "    user: u\n", 6, "go together"
        ),
        (route("webhook: {url: \"http://a/\", template: \"{{#x}}\"}"), 6, "template: no Mustache"),
        (
            route("webhook:\n    url: http://a/\n    template: |\n      {\n      \"a\": \"{{hostname}}\"\n      }"), 10,
            "hostname"
        ),
        (route("webhook: {url: \"http://a/\", template: \"{{{asset}}}\"}"), 6, "no JSON"),
        (route("webhook: {url: \"http://a/\", headers: {Content-Type: text/xml}, template: x}"), 6, "text/xml"),
        (route("webhook: {url: \"http://a/\", headers: {Content-Type: text/plain}}"), 6, "without a template is JSON"),
        (route("webhook: {url: \"http://a/\", headers: {Authorization: Bearer x}}"), 6, "`token` names the secret"),
        (route("webhook: {url: \"http://a/\", headers: {Host: b}}"), 6, "set by the sender"),
        (route("webhook: {url: \"http://a/\", headers: {\"a b\": c}}"), 6, "no header field"),
        (route("webhook: {url: \"http://a/\"}\n  sms: {}"), 5, "one of them"),
        (route("telegram: {chat: duty, secret: a}"), 6, "neither a chat's number nor"),
        (route("telegram: {chat: \"-1\"}"), 6, "secret is missing"),
        (route("telegram: {chat: \"-1\", secret: a, token: b}"), 6, "unknown key \"token\""),
        (route("zaloOA: {user: a, group: b, app: c, secret: d, token: e}"), 6, "to one user or to one group"),
        (route("zaloOA: {app: c, secret: d, token: e}"), 6, "to one user or to one group"),
        (route("zaloOA: {user: a, app: c, secret: d, token: e, server: x}"), 6, "no http or https"),
        (route("sms: {url: \"http://a/{{to}}\", to: \"1234\"}"), 6, "where {{to}} and {{text}} go"),
        (route("sms: {url: \"http://a/{{to}}/{{text}}\", to: duty}"), 6, "no telephone number"),
        (route("sms: {url: \"http://a/{{to}}/{{text}}\", to: \"1234\", secret: a}"), 6, "{{secret}}"),
        (route("sms: {url: \"http://a/{{to}}/{{texts}}\", to: \"1234\"}"), 6, "no value \"texts\""),
        (route("sms: {url: \"http://a/\", to: \"1234\", body: \"{{to}}{{text}}\"}"), 6, "no JSON"),
        (route("sms: {url: \"http://a/{{to}}{{text}}\", to: \"1234\", contentType: text/plain}"), 6, "without a body"),
        (route("webhook: {url: \"http://a/\"}\nfallback: {pigeon: {}}"), 7, "neither webhook, mail"),
        ("a: [\n", 2, "not YAML"),
        ("- a\n- b\n", 1, "not keys and values"),
    ])
    func whatIsWrongIsToldWithItsLine(text: String, line: Int, words: String) {
        let errors = #expect(throws: ResourceErrors.self) { try ResourceReader.read(text, file: "a.yaml") }
        #expect(
            errors?.errors.contains { $0.line == line && $0.problem.contains(words) } == true,
            "\(errors?.description ?? "")")
    }

    @Test func everythingWrongIsToldAtOnce() {
        let text = "apiVersion: haidang/v1\nkind: Asset\nname: a\nclass: toaster\nimportance: huge\ncolour: red\n"
        let errors = #expect(throws: ResourceErrors.self) { try ResourceReader.read(text, file: "a.yaml") }
        #expect(errors?.errors.map(\.line) == [4, 5, 6])
    }

    @Test func theSameThingTwiceIsRefused() {
        let twice = Self.good + "\n---\n" + Self.good
        #expect(throws: ResourceErrors.self) { try ResourceReader.read(twice, file: "a.yaml") }
    }

    /// As a person would write them, all that each channel takes; written out they are read as the same.
    @Test func everyChannelIsWrittenAsItIsRead() throws {
        let routes: [RouteChannels] = [
            .init(
                first: .webhook(
                    .init(
                        url: "http://a/", template: "{\n  \"a\": \"{{asset}}\"\n}\n", headers: ["X-A": "b: c"],
                        secret: "key", token: "pass")),
                fallback: .telegram(.init(chat: "@duty", topic: 7, secret: "bot", server: "http://b"))),
            .init(
                first: .zaloOA(
                    .init(to: .group("0123"), app: "01", secret: "key", token: "refresh", login: "https://c")),
                fallback: .zaloOA(.init(to: .user("1"), app: "2", secret: "key", token: "refresh")), proof: .never),
            .init(
                first: .sms(
                    .init(
                        url: "http://a/?k={{secret}}", to: "0912", body: "to={{to}}&text={{text}}",
                        contentType: "application/x-www-form-urlencoded", secret: "key", token: "pass",
                        success: "\"ok\": true")),
                fallback: .mail(.init(server: "smtp://m", from: "a@b", to: ["c@d"], user: "u", secret: "s"))),
        ]
        for channels in routes {
            let resource = Resource.route(
                RouteResource(name: "r", importance: [.core], language: "en", channels: channels))
            let yaml = try ResourceWriter.yaml([resource])
            #expect(try ResourceReader.read(yaml, file: "a.yaml").map(\.resource) == [resource], "\(yaml)")
        }
    }
}
