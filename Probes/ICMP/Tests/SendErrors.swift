import Glibc
import Testing

/// What `sendto` of raw and of ping sockets said in a network namespace with such routes (Linux 6).
struct SendErrors {
    var situation: Substring
    var result: String

    static func read(file: String = #filePath) throws -> [SendErrors] {
        let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let handle = try #require(fopen("\(folder)/Fixtures/send-errors.tsv", "r"))
        defer { fclose(handle) }
        var bytes = [UInt8](repeating: 0, count: 8192)
        let count = fread(&bytes, 1, bytes.count, handle)
        return String(decoding: bytes.prefix(count), as: UTF8.self).split(separator: "\n").compactMap { line in
            let fields = line.split(separator: "\t")
            return fields.count == 3 ? SendErrors(situation: fields[0], result: String(fields[2])) : nil
        }
    }
}
