import Curl
import TestSupport
import Testing
import Vocabulary

@Suite struct EngineTests {
    private let engine: CurlEngine
    private let folder: TemporaryFolder

    init() throws {
        engine = CurlEngine()
        folder = try TemporaryFolder()
    }

    private func get(_ url: String, _ change: (inout Transfer) -> Void = { _ in }) async throws -> TransferResult {
        try await attempt(url, change).get()
    }

    private func attempt(
        _ url: String, _ change: (inout Transfer) -> Void = { _ in }
    ) async -> Result<TransferResult, TransferError> {
        var transfer = Transfer(url, timeout: .seconds(20))
        change(&transfer)
        return await engine.perform(transfer)
    }

    private func failure(_ result: Result<TransferResult, TransferError>) throws -> TransferError {
        guard case .failure(let error) = result else { throw Command.Failure(description: "expected a failure") }
        return error
    }

    @Test func anAnswerComesWhole() async throws {
        try folder.write("xin chào", to: "hello.txt")
        let nginx = try Nginx(in: folder, "add_header X-Site 'Xã An Bình';")
        let result = try await get("http://127.0.0.1:\(nginx.port)/hello.txt") { $0.connection = .fresh }
        #expect(result.status == 200 && result.version == "1.1" && result.redirects == 0)
        #expect(result.body == Array("xin chào".utf8) && result.bodySize == 9 && !result.isBodyCut)
        #expect(result.headers.values(of: "x-site") == ["Xã An Bình"])
        #expect(result.address == "127.0.0.1" && result.port == Int(nginx.port))
        #expect(result.timings.connect > .zero && result.timings.request > .zero && result.timings.tls == .zero)
        #expect(result.timings.total >= result.timings.connect + result.timings.request)
        #expect(result.certificate == nil)
    }

    @Test func methodHeadersAndBodyArrive() async throws {
        let nginx = try Nginx(
            in: folder,
            """
            location / { return 200 "$request_method|$http_x_a|$http_x_empty|$content_type|$content_length|$http_expect"; }
            """)
        let url = "http://127.0.0.1:\(nginx.port)/"
        let put = try await get(url) {
            $0.method = "PUT"
            $0.headers = [Header("X-A", "á"), Header("X-Empty", ""), Header("Content-Type", "x/y")]
            $0.body = [UInt8](repeating: 1, count: 5000)
        }
        #expect(String(decoding: put.body, as: UTF8.self) == "PUT|á||x/y|5000|")
        let post = try await get(url) { $0.method = "POST" }
        #expect(String(decoding: post.body, as: UTF8.self) == "POST||||0|")
        let head = try await get(url) { $0.method = "HEAD" }
        #expect(head.status == 200 && head.body == [] && head.headers.values(of: "content-length") == ["9"])
    }

    @Test func redirectsAreFollowedAsFarAsAllowed() async throws {
        let nginx = try Nginx(
            in: folder, "location /a { return 302 /b; } location /b { return 302 /c; } location /c { return 200 end; }")
        let url = "http://127.0.0.1:\(nginx.port)/a"
        #expect(try await get(url).status == 302)
        let followed = try await get(url) { $0.redirects = 2 }
        #expect(followed.status == 200 && followed.redirects == 2 && followed.url.hasSuffix("/c"))
        let error = try failure(await attempt(url) { $0.redirects = 1 })
        #expect(error.kind == .tooManyRedirects)
    }

    @Test(arguments: ["file:///etc/hostname", "ftp://127.0.0.1/x", "gopher://127.0.0.1/", "smtp://127.0.0.1/"])
    func otherProtocolsAreRefused(url: String) async throws {
        #expect(try failure(await attempt(url)).kind == .protocolViolated)
        let nginx = try Nginx(in: folder, "location / { return 302 \(url); }")
        let error = try failure(await attempt("http://127.0.0.1:\(nginx.port)/") { $0.redirects = 3 })
        #expect(error.kind == .protocolViolated)
    }

    @Test func readingStopsAtTheLimit() async throws {
        try folder.write(String(repeating: "x", count: 3_000_000), to: "large")
        let nginx = try Nginx(in: folder, "")
        let url = "http://127.0.0.1:\(nginx.port)/large"
        let cut = try await get(url) { $0.bodyLimit = 100_000 }
        #expect(cut.status == 200 && cut.isBodyCut && cut.body.count == 100_000 && cut.bodySize == 100_000)
        let whole = try await get(url) {
            $0.bodyLimit = 3_000_000
            $0.keepsBody = false
        }
        #expect(!whole.isBodyCut && whole.body == [] && whole.bodySize == 3_000_000)
        #expect(try await get(url) { $0.bodyLimit = 0 }.isBodyCut)
    }

    @Test func aRefusalSaysErrnoAndStep() async throws {
        let error = try failure(await attempt("http://127.0.0.1:\(try Loopback.freePort())/"))
        #expect(error.kind == .unconnected && error.step == .connect && error.errno == 111 && error.code == 7)
    }

    @Test func silenceTimesOutWhereItHappens() async throws {
        let silent = try Loopback()
        let plain = try failure(
            await attempt("http://127.0.0.1:\(silent.port)/") { $0.timeout = .milliseconds(150) })
        #expect(plain.kind == .timedOut && plain.step == .request)
        let secure = try failure(
            await attempt("https://127.0.0.1:\(silent.port)/") { $0.timeout = .milliseconds(150) })
        #expect(secure.kind == .timedOut && secure.step == .tls)
    }

    @Test func anUnknownNameIsUnresolved() async throws {
        let error = try failure(await attempt("http://nothing.invalid/"))
        #expect(error.kind == .unresolved && error.step == .resolve)
    }

    @Test func anotherPlaceServesUnderTheOldName() async throws {
        let nginx = try Nginx(in: folder, "location / { return 200 $host; }")
        let result = try await get("http://portal.example/") {
            $0.connectTo = .init(host: "portal.example", port: 80, address: "127.0.0.1", addressPort: nginx.port)
        }
        #expect(String(decoding: result.body, as: UTF8.self) == "portal.example")
    }

    @Test func aFreshConnectionIsFresh() async throws {
        let nginx = try Nginx(in: folder, "location / { return 200 $connection; }")
        let url = "http://127.0.0.1:\(nginx.port)/"
        let first = try await get(url)
        #expect(try await get(url).body == first.body)
        let fresh = try await get(url) { $0.connection = .fresh }
        #expect(fresh.body != first.body)
        #expect(try await get(url).body == first.body)
    }

    @Test func aCancelledTaskEndsAtOnce() async throws {
        let silent = try Loopback()
        let url = "http://127.0.0.1:\(silent.port)/"
        let engine = engine
        await withTaskGroup(of: TransferError.Kind?.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    guard case .failure(let error) = await engine.perform(Transfer(url, timeout: .seconds(600)))
                    else { return nil }
                    return error.kind
                }
            }
            group.cancelAll()
            for await kind in group { #expect(kind == .cancelled) }
        }
    }

    @Test func closingEndsWhatIsUnderWay() async throws {
        let silent = try Loopback()
        let url = "http://127.0.0.1:\(silent.port)/"
        let engine = CurlEngine()
        async let first = engine.perform(Transfer(url, timeout: .seconds(600)))
        async let second = engine.perform(Transfer(url, timeout: .seconds(600)))
        engine.close()
        engine.close()
        for result in await [first, second, engine.perform(Transfer(url, timeout: .seconds(600)))] {
            #expect(try failure(result).kind == .closed)
        }
    }

    @Test func hundredsAtOnceAllReturn() async throws {
        let nginx = try Nginx(in: folder, "location / { return 200 $arg_n; }")
        let engine = engine
        let port = nginx.port
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<400 {
                group.addTask {
                    var transfer = Transfer("http://127.0.0.1:\(port)/?n=\(number)", timeout: .seconds(30))
                    transfer.connection = number % 2 == 0 ? .fresh : .reused
                    guard case .success(let result) = await engine.perform(transfer) else { return false }
                    return result.body == Array("\(number)".utf8)
                }
            }
            for await isRight in group { #expect(isRight) }
        }
    }

    @Test(arguments: ["http://a b/", "http://a/\u{0}", "", "http://"]) func aBadURLIsInvalid(url: String) async throws {
        #expect(try failure(await attempt(url)).kind == .invalid)
    }

    @Test func whatWouldBeAnotherRequestIsNotSent() async throws {
        let header = try failure(await attempt("http://127.0.0.1:9/") { $0.headers = [Header("A", "b\r\nEvil: c")] })
        #expect(header.kind == .invalid)
        #expect(try failure(await attempt("http://127.0.0.1:9/") { $0.method = "GET / x" }).kind == .invalid)
    }

    @Test func whatIsNotHTTPViolatesTheProtocol() async throws {
        let server = try LineServer(greeting: "SSH-2.0-OpenSSH_9.2p1\r\n") { _ in nil }
        #expect(try failure(await attempt("http://127.0.0.1:\(server.port)/")).kind == .protocolViolated)
    }

    @Test func aConnectionThatEndsEarlyIsLost() async throws {
        let empty = try LineServer(greeting: "") { _ in nil }
        #expect(try failure(await attempt("http://127.0.0.1:\(empty.port)/")).kind == .lost)
        let short = try LineServer(greeting: "") { line in
            line.isEmpty ? nil : line.hasPrefix("GET") ? "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc" : ""
        }
        let error = try failure(await attempt("http://127.0.0.1:\(short.port)/"))
        #expect(error.kind == .lost && error.step == .response)
    }
}
