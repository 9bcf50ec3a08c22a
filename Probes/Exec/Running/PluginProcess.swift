import CProgram
import ExecSettings
import Glibc
import Sockets
import Vocabulary

/// A plug-in that was started, in a process group of its own, with our ends of its pipes.
///
/// Whoever started it takes its status with `reap`, once.
final class PluginProcess: Sendable {
    /// How much a plug-in may use.
    struct Limits: Sendable {
        var processorSeconds: UInt
        /// What is reserved and never touched does not count: programs in Go reserve gigabytes.
        var dataBytes: UInt = 512 << 20
        var fileBytes: UInt = 16 << 20
        var openFiles: UInt = 256
    }

    /// All that it gets of an environment. In the C locale numbers have a point.
    private static let environment = ["LC_ALL=C", "PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"]

    private static let mostTries = 5

    let number: pid_t
    /// Readable when it has ended.
    let end: Descriptor
    let output: Descriptor
    let errors: Descriptor

    /// Starts it; it lives no longer than the calling thread.
    init(_ plugin: PluginFolder.Program, arguments: [String], limits: Limits) throws(SystemError) {
        let input = open("/dev/null", O_RDONLY | O_CLOEXEC)
        guard input >= 0 else { throw .last("open") }
        defer { close(input) }
        let output = try Pipe()
        let errors = try Pipe()
        var program = linux_program()
        (program.input, program.output, program.errors) = (input, output.theirs, errors.theirs)
        program.processor_seconds = limits.processorSeconds
        program.data_bytes = limits.dataBytes
        program.file_bytes = limits.fileBytes
        program.open_files = limits.openFiles
        var error: Int32 = 0
        var number = Self.start(&program, plugin, arguments, &error)
        // Being written just now, or held open by a program that another thread is about to start.
        for _ in 0..<Self.mostTries where number < 0 && error == ETXTBSY {
            usleep(20_000)
            number = Self.start(&program, plugin, arguments, &error)
        }
        guard number > 0 else { throw SystemError("execve", code: error) }
        let end = linux_open_process(number)
        guard end >= 0 else {
            let refusal = SystemError.last("pidfd_open")
            kill(-number, SIGKILL)
            while waitpid(number, nil, 0) < 0, errno == EINTR {}
            throw refusal
        }
        self.number = number
        self.end = Descriptor(adopting: end)
        self.output = output.ours()
        self.errors = errors.ours()
    }

    private static func start(
        _ program: inout linux_program, _ plugin: PluginFolder.Program, _ arguments: [String], _ error: inout Int32
    ) -> pid_t {
        withTexts([plugin.path, plugin.name] + arguments) { words in
            withTexts(environment) { variables in
                program.path = words.first.flatMap { $0 }.map { UnsafePointer($0) }
                program.arguments = words.baseAddress.map { UnsafePointer($0) + 1 }
                program.environment = variables.baseAddress.map { UnsafePointer($0) }
                return linux_start(&program, &error)
            }
        }
    }

    /// Whether it has ended, waiting for that so long at most; the calling thread stands still.
    func waitForEnd(_ patience: Duration) -> Bool {
        var wanted = pollfd(fd: end.number, events: Int16(POLLIN), revents: 0)
        return poll(&wanted, 1, Int32(clamping: Int64(patience.inSeconds * 1000))) > 0
    }

    /// Sends a signal to it and to all that it started and that stayed in its group. Not after it was reaped: its number
    /// may be another's by then.
    func signal(_ signal: Int32) {
        kill(-number, signal)
    }

    /// How it ended; nil while it has not.
    func reap() -> ExecVerdict.Ending? {
        var status: Int32 = 0
        while true {
            let found = waitpid(number, &status, WNOHANG)
            if found == 0 { return nil }
            if found == number { break }
            guard errno == EINTR else { return .killed(0, SystemError.last("waitpid").text) }
        }
        let signal = status & 0x7f
        guard signal != 0 else { return .exited(status >> 8 & 0xff) }
        return .killed(signal, linux_signal_words(signal).map { String(cString: $0) } ?? "signal \(signal)")
    }

    /// The texts as C has them, ended by a null pointer.
    private static func withTexts<Result>(
        _ texts: [String], _ body: (UnsafeBufferPointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        var copies: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) }
        copies.append(nil)
        defer { for copy in copies { free(copy) } }
        return copies.withUnsafeBufferPointer(body)
    }
}

/// Two ends; ours, the one to read from, does not block.
private struct Pipe: ~Copyable {
    private let reading: Descriptor
    private let writing: Descriptor

    init() throws(SystemError) {
        var ends: [Int32] = [-1, -1]
        guard linux_pipe(&ends) == 0 else { throw .last("pipe2") }
        reading = Descriptor(adopting: ends[0])
        writing = Descriptor(adopting: ends[1])
    }

    var theirs: Int32 { writing.number }

    /// Lets go of the other end.
    consuming func ours() -> Descriptor { reading }
}
