import Glibc
import Testing

/// Real datagrams, received by raw sockets in network namespaces with one Linux router between (see Fixtures/README.md).
enum Fixture {
    static func bytes(_ name: String, file: String = #filePath) throws -> [UInt8] {
        let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let handle = try #require(fopen("\(folder)/Fixtures/\(name).bin", "r"))
        defer { fclose(handle) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = fread(&bytes, 1, bytes.count, handle)
        try #require(count > 0)
        return Array(bytes.prefix(count))
    }
}
