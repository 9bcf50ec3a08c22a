import Accounts
import Curl
import Foundation
import Portal
import TestSupport
import Testing
import WebUI

/// What makes charts zoomable comes from the system, and only where the system has it.
@Suite struct ChartFilesTests {
    private func folder(_ files: [String: String]) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for (name, text) in files { try Data(text.utf8).write(to: URL(fileURLWithPath: folder.path(name))) }
        return folder
    }

    @Test func exactlyItsTwoFilesAreServed() async throws {
        let library = try folder([
            "dygraph.min.js": "var Dygraph = 1;", "dygraph.min.css": "a{}", "dygraph.js": "long", "secret": "no",
        ])
        try await Site.open(charts: library.path(".")) { site in
            try await site.add("lan")
            try await site.enrol("web-1")
            let browser = Browser(site)
            _ = try await browser.signIn("lan")
            let page = try await browser.get("/assets/web-1").text
            let script = try #require(page.firstMatch(of: /src="(\/static\/dygraph\.min\.js\?v=[a-z0-9]+)"/)).1
            let sheet = try #require(page.firstMatch(of: /href="(\/static\/dygraph\.min\.css\?v=[a-z0-9]+)"/)).1
            #expect(page.contains("/static/charts.js?v="))
            let file = try await site.send("GET", String(script))
            #expect(file.status == 200 && file.text == "var Dygraph = 1;")
            #expect(file.header("Content-Type") == "text/javascript; charset=utf-8")
            #expect(file.header("Cache-Control")?.contains("immutable") == true)
            let tag = try #require(file.header("ETag"))
            let again = try await site.send("GET", String(script), headers: [Header("If-None-Match", tag)])
            #expect(again.status == 304)
            #expect(try await site.send("GET", String(sheet)).header("Content-Type") == "text/css; charset=utf-8")
            for name in ["dygraph.js", "secret", "..%2Fsecret", "dygraph.min.js.map"] {
                #expect(try await site.send("GET", "/static/\(name)").status == 404, "\(name)")
            }
            #expect(try await !browser.get("/assets").text.contains("dygraph"))
        }
    }

    @Test func withoutItPagesNeitherNameNorServeIt() async throws {
        for files in [[:], ["dygraph.min.js": "x"], ["dygraph.min.js": "", "dygraph.min.css": "a{}"]] {
            let library = try folder(files)
            try await Site.open(charts: library.path(".")) { site in
                try await site.add("lan")
                try await site.enrol("web-1")
                let browser = Browser(site)
                _ = try await browser.signIn("lan")
                #expect(try await !browser.get("/assets/web-1").text.contains("dygraph"))
                #expect(try await site.send("GET", "/static/dygraph.min.js").status == 404)
            }
        }
    }
}
