import Foundation
import Glibc
import Testing

/// Runs a program of this machine to compare with what it prints.
enum Tool {
    private static let folders = ["/usr/sbin", "/usr/bin", "/sbin", "/bin"]

    private static func path(_ name: String) -> String? {
        folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    static func exists(_ name: String) -> Bool { path(name) != nil }

    static func isThere(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    static func output(_ name: String, _ arguments: [String]) throws -> Data {
        let process = Process()
        process.executableURL = URL(filePath: try #require(path(name)))
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return data
    }

    static func lines(_ name: String, _ arguments: String...) throws -> [String] {
        String(decoding: try output(name, arguments), as: UTF8.self).split(separator: "\n").map { String($0) }
    }

    static func json<Value: Decodable>(_ type: Value.Type, _ name: String, _ arguments: String...) throws -> Value {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(type, from: try output(name, arguments))
    }
}

/// A TCP socket of this process that listens on the loopback, on a port the system chose.
struct Listener {
    private let descriptor: Int32
    let port: UInt16

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let (descriptor, bound) = withUnsafeMutablePointer(to: &address) { [descriptor] pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                let isBound = bind(descriptor, generic, size) == 0 && listen(descriptor, 4) == 0
                return (descriptor, isBound && getsockname(descriptor, generic, &size) == 0)
            }
        }
        try #require(descriptor >= 0 && bound)
        port = UInt16(bigEndian: address.sin_port)
    }

    func close() {
        Glibc.close(descriptor)
    }
}
