import Foundation
import Glibc
import ProcFS
import Testing

@Suite struct RootTests {
    private func folder() throws -> String {
        let path = FileManager.default.temporaryDirectory.appending(path: "root-\(UUID().uuidString)").path()
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    @Test func aFileIsReadWholeUnderTheRoot() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let content = String(repeating: "lines of text\n", count: 100_000)
        try content.write(toFile: "\(folder)/large", atomically: true, encoding: .utf8)
        #expect(try Root(folder).text("/large") == content)
        #expect(try Root("\(folder)/").text("/large") == content)
        #expect(throws: FileError(path: "/large", code: EFBIG)) { try Root(folder).text("/large", limit: 1000) }
    }

    @Test func filesOfProcAreReadAlthoughTheirSizeIsZero() throws {
        #expect(try Root().text("/proc/self/stat").contains(" ("))
        #expect(try Root().names("/proc/self").contains("status"))
        #expect(try Root().link("/proc/self/exe").hasPrefix("/"))
    }

    @Test func whatIsMissingIsAbsentAndWhatIsForbiddenIsRefused() {
        let missing = #expect(throws: FileError.self) { try Root().bytes("/proc/self/nothing") }
        #expect(missing?.isAbsent == true && missing?.isRefused == false)
        #expect(missing?.description == "/proc/self/nothing: No such file or directory")
        #expect(FileError(path: "/x", code: EACCES).isRefused)
        #expect(!FileError(path: "/x", code: EIO).isRefused && !FileError(path: "/x", code: EIO).isAbsent)
        #expect(throws: FileError.self) { try Root().names("/proc/self/stat") }
        #expect(throws: FileError.self) { try Root().link("/proc/self/stat") }
        #expect(throws: FileError(path: "/proc", code: EISDIR)) { try Root().bytes("/proc") }
    }

    @Test func theStampChangesWithTheFile() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try "one".write(toFile: "\(folder)/file", atomically: true, encoding: .utf8)
        let first = try Root(folder).stamp("/file")
        #expect(try Root(folder).stamp("/file") == first)
        try "three".write(toFile: "\(folder)/file", atomically: true, encoding: .utf8)
        #expect(try Root(folder).stamp("/file") != first)
    }
}
