import Accounts
import ArgumentParser
import Curl
import Foundation
import Vocabulary

/// How a command reaches the collector.
struct CollectorOptions: ParsableArguments {
    @Option(help: "The collector's state folder.")
    var state: String?

    /// The folder given, else the first that holds a collector's state.
    func stateFolder() throws -> String {
        if let state { return state }
        let candidates = [".haidang/collector", "/var/lib/haidang/collector"]
        guard let found = candidates.first(where: { FileManager.default.fileExists(atPath: LocalAccess.file(in: $0)) })
        else {
            throw CommandError(
                "no collector found: neither HAIDANG_URL and HAIDANG_TOKEN are set, nor is there a readable "
                    + candidates.map(LocalAccess.file).joined(separator: " or ")
                    + ". Start one with `make run`, or name its folder with --state.")
        }
        return found
    }
}

struct OutputOptions: ParsableArguments {
    @Flag(help: "Print what the API says, as JSON.")
    var json = false
}

/// An error whose text is all there is to say.
struct CommandError: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) {
        self.description = description
    }
}

/// The collector's API as the commands use it.
struct Collector {
    private let url: String
    private let pinnedKey: String
    private let token: String

    init(_ options: CollectorOptions) throws {
        let environment = ProcessInfo.processInfo.environment
        if options.state == nil, let url = environment["HAIDANG_URL"], let token = environment["HAIDANG_TOKEN"] {
            (self.url, self.token, pinnedKey) = (url, token, environment["HAIDANG_PIN"] ?? "")
        } else {
            let access = try LocalAccess(folder: try options.stateFolder())
            (url, token, pinnedKey) = (access.url, access.token, access.pinnedKey)
        }
    }

    /// The answer's body; what is not 2xx is thrown in the collector's own words.
    func ask(
        _ method: String, _ path: String, body: [UInt8] = [], timeout: Duration = .seconds(60)
    ) async throws -> Data {
        let engine = CurlEngine()
        defer { engine.close() }
        var transfer = Transfer(
            "\(url)/api/v1/\(path)", method: method, headers: [Header("Authorization", "Bearer \(token)")],
            body: body, timeout: timeout)
        transfer.bodyLimit = 256 << 20
        if !pinnedKey.isEmpty { transfer.tls = TLSOptions(trust: .anybody, pinnedKey: pinnedKey) }
        switch await engine.perform(transfer) {
        case .failure(let error):
            throw CommandError("the collector at \(url) does not answer: \(error)")
        case .success(let result):
            guard (200..<300).contains(result.status) else {
                throw CommandError(Self.words(of: result))
            }
            return Data(result.body)
        }
    }

    /// The collector's own words for its no; the status where a proxy or an older collector has put in others.
    private static func words(of result: TransferResult) -> String {
        do {
            return try JSONDecoder().decode(Refusal.self, from: Data(result.body)).detail
        } catch {
            return "the collector said \(result.status)"
        }
    }

    private struct Refusal: Decodable {
        var detail: String
    }
}

extension Data {
    func decoded<Value: Decodable>(as type: Value.Type) throws -> Value {
        try JSONDecoder().decode(type, from: self)
    }

    var text: String { String(decoding: self, as: UTF8.self) }
}

extension String {
    /// As one segment of a path.
    var inPath: String {
        var plain = CharacterSet.alphanumerics
        plain.insert(charactersIn: "-._~")
        return addingPercentEncoding(withAllowedCharacters: plain) ?? ""
    }
}

extension Instant {
    /// This machine's clock.
    static var now: Instant { Instant(microseconds: Int64(Date().timeIntervalSince1970 * 1e6)) }
}

/// A value as JSON for programs, keys in order.
func jsonText(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
}
