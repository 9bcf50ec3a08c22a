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
        #expect(resources.map(\.name) == ["public-portal", "on-duty"])
        guard case .asset(let asset) = resources[0], case .route(let route) = resources[1] else {
            Issue.record("an asset and a route")
            return
        }
        #expect(asset.url == "https://portal.example/" && asset.importance == .core && asset.assetClass == "service")
        #expect(route.importance == [.core, .normal] && route.language == "vi")
        #expect(route.channel == .webhook(.init(url: "http://127.0.0.1:9009/")))
    }

    /// Each names the rule it breaks, the line, and a word of the problem.
    @Test(arguments: [
        ("kind: Asset\nname: a\nclass: service\n", 1, "apiVersion is missing"),
        ("apiVersion: haidang/v2\nkind: Asset\nname: a\nclass: server\n", 1, "haidang/v2"),
        ("apiVersion: haidang/v1\nkind: Thing\nname: a\n", 1, "none of: Asset, Route"),
        ("apiVersion: haidang/v1\nkind: Asset\nname: a\nclass: server\ncolour: red\n", 5, "unknown key \"colour\""),
        ("apiVersion: haidang/v1\nkind: Asset\nname: a\nclass: toaster\n", 4, "none of: server, service"),
        ("apiVersion: haidang/v1\nkind: Asset\nname: A b\nclass: server\n", 1, "lower-case"),
        ("apiVersion: haidang/v1\nkind: Asset\nname: a\nclass: service\nurl: ftp://x/\n", 5, "url"),
        ("apiVersion: haidang/v1\nkind: Asset\nname: a\nclass: service\naddress: x:99999\n", 5, "address"),
        ("apiVersion: haidang/v1\nkind: Asset\nname: a\nclass: server\nimportance: huge\n", 5, "core, normal, low"),
        ("apiVersion: haidang/v1\nkind: Asset\nname: a\nname: b\nclass: server\n", 3, "name stands here twice"),
        ("apiVersion: haidang/v1\nkind: Asset\nname: [a]\nclass: server\n", 3, "one value"),
        ("apiVersion: haidang/v1\nkind: Route\nname: r\n", 1, "channel is missing"),
        ("apiVersion: haidang/v1\nkind: Route\nname: r\nchannel: {pigeon: {}}\n", 4, "neither webhook nor mail"),
        ("apiVersion: haidang/v1\nkind: Route\nname: r\nchannel: {webhook: {url: x}}\n", 4, "no http or https"),
        (
            "apiVersion: haidang/v1\nkind: Route\nname: r\nchannel:\n  mail:\n    server: smtp://m\n    from: a@b\n    to: [c@d]\n"
                + "    user: u\n", 6, "go together"
        ),
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
}
