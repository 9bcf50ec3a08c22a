import Foundation

/// One run of a program to its end.
package struct Command: Sendable {
    /// What went wrong in a test's own machinery.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String

        package init(description: String) {
            self.description = description
        }
    }

    package let output: [UInt8]

    /// Runs a program found in the usual folders; throws when its exit status is not 0, with what it said.
    @discardableResult
    package static func run(_ program: String, _ arguments: String...) throws -> Command {
        try run(program, arguments: arguments)
    }

    @discardableResult
    package static func run(_ program: String, arguments: [String]) throws -> Command {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try path(of: program))
        process.arguments = arguments
        let output = Pipe()
        let errors = FileManager.default.temporaryDirectory.appendingPathComponent("haidang-\(UUID().uuidString).err")
        _ = FileManager.default.createFile(atPath: errors.path, contents: nil)
        defer { try? FileManager.default.removeItem(at: errors) }
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: errors)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let bytes = [UInt8](output.fileHandleForReading.readDataToEndOfFile())
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let said = String(decoding: (try? Data(contentsOf: errors)) ?? Data(), as: UTF8.self)
            throw Failure(
                description: "\(program) \(arguments.joined(separator: " ")): \(process.terminationStatus) \(said)")
        }
        return Command(output: bytes)
    }

    /// Where a program lies; throws when it is not installed.
    package static func path(of program: String) throws -> String {
        for folder in ["/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/bin"] {
            let path = "\(folder)/\(program)"
            if FileManager.default.isExecutableFile(atPath: path) { return path }
        }
        throw Failure(description: "\(program) is not installed")
    }
}
