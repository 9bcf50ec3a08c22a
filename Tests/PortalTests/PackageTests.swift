import Curl
import Foundation
import Keys
import TestSupport
import Testing

/// The agent's package, and the line that fetches it.
@Suite struct PackageTests {
    private struct Made: Decodable {
        var token: String
        var install: String?
    }

    private func token(_ site: Site) async throws -> Made {
        let bearer = [Header("Authorization", "Bearer \(try await site.token(of: "lan"))")]
        let answer = try await site.send("POST", "/api/v1/enrolment-tokens", headers: bearer)
        return try JSONDecoder().decode(Made.self, from: Data(answer.body))
    }

    /// Whatever the machine is that this runs on.
    private func place(_ text: String, in site: Site) throws {
        for architecture in ["amd64", "arm64"] {
            try site.folder.write(text, to: "packages/haidang-agent_\(architecture).deb")
        }
    }

    @Test func withoutAPackageThereIsNoLine() async throws {
        try await Site.open { site in
            try await site.add("lan")
            #expect(try await site.send("GET", "/install/haidang-agent.deb").status == 404)
            #expect(try await token(site).install == nil)
        }
    }

    @Test func aStrangerGetsThePackageAndTheLineNamesItsDigest() async throws {
        try await Site.open { site in
            try await site.add("lan")
            for content in ["first", "another one"] {
                try place(content, in: site)
                let answer = try await site.send("GET", "/install/haidang-agent.deb")
                #expect(answer.status == 200 && answer.text == content)
                let made = try await token(site)
                let line = try #require(made.install)
                #expect(line.contains("SHA256:\(Hex.encode(try Digest.sha256(Array(content.utf8)))) "))
                #expect(line.contains(" https://127.0.0.1:8443/install/haidang-agent.deb "))
                #expect(line.hasSuffix(" haidang-agent enrol \(made.token)"))
                #expect(!line.contains { $0.isNewline })
            }
        }
    }
}
