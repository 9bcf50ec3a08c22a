import Storage
import Testing
import Vocabulary

/// The log is turned page by page, and no line is lost or shown twice while others are written.
@Suite struct AuditPageTests {
    @Test func turningThereAndBackShowsEveryLineOnce() async throws {
        try await Site.open { site in
            try await site.add("lan")
            let browser = Browser(site)
            _ = try await browser.signIn("lan")
            let now = site.clock.now
            let write = { (range: Range<Int>) in
                try await site.database.write { connection in
                    for number in range {
                        try AuditStore(connection).write(
                            .init(at: now, who: "lan", action: "set-secret", subject: "line-\(number)."))
                    }
                }
            }
            try await write(0..<250)
            var (path, seen, way): (String?, [String], [String]) = ("/audit", [], [])
            while let next = path {
                let page = try await browser.get(next).text
                way.append(next)
                let lines = page.matches(of: /line-\d+\./).map { String($0.0) }
                #expect(lines.count <= 100)
                seen += lines
                path = page.firstMatch(of: /href="([^"]*)" rel="next"/).map { String($0.1) }
                if way.count == 1 { try await write(250..<260) }
            }
            #expect(way.count == 3)
            #expect(seen == (0..<250).reversed().map { "line-\($0)." })
            let last = try await browser.get(way[2]).text
            let back = try #require(last.firstMatch(of: /href="([^"]*)" rel="prev"/)).1
            let middle = try await browser.get(String(back)).text.matches(of: /line-\d+\./).map { String($0.0) }
            #expect(middle.count == 100 && middle.last == "line-50.")
            let newest = try await browser.get("/audit").text
            #expect(newest.contains("line-259.") && !newest.contains("rel=\"prev\""))
        }
    }
}
