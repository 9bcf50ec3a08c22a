import Foundation

/// A program that runs beside the test and ends with it, even when the test is killed.
package final class Child: Sendable {
    private let process: Process

    package init(_ path: String, _ arguments: [String]) throws {
        process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        // The shell reads from a pipe that only the test holds: its end, wanted or not, ends the program.
        process.arguments = ["-c", "\"$@\" </dev/null & child=$!; read -r _; kill -9 $child", "sh", path] + arguments
        process.standardInput = Pipe()
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    deinit {
        stop()
    }

    package func stop() {
        guard process.isRunning else { return }
        if let pipe = process.standardInput as? Pipe {
            try? pipe.fileHandleForWriting.close()
        }
        process.waitUntilExit()
    }

    /// Asks `isReady` again and again, for at most five seconds.
    package func wait(until isReady: () -> Bool) -> Bool {
        for _ in 0..<500 {
            if isReady() { return true }
            usleep(10_000)
        }
        return false
    }
}
