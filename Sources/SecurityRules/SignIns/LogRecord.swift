/// One message of the system's log, whichever way it was kept.
package struct LogRecord: Hashable, Sendable {
    package var program: String
    package var process: String
    package var message: String
    /// How many times it came; the log folds repeats into one line.
    package var count: Int

    package init(program: String, process: String, message: String, count: Int = 1) {
        self.program = program
        self.process = process
        self.message = message
        self.count = count
    }

    /// More is no burst of one program but a forged line.
    private static let mostRepeats = 10_000

    /// The same with `message repeated 5 times: [ … ]` unfolded, as rsyslog writes what came again after the first.
    package var unfolded: LogRecord {
        var text = ByteText(message[...])
        text.skipBlanks()
        _ = text.takeEnd("\r")
        guard text.take("message repeated "), let times = text.takeNumber(), text.take(" times: ["),
            text.takeEnd("]")
        else { return self }
        text.skipBlanks()
        return LogRecord(
            program: program, process: process, message: String(text.text),
            count: min(max(times, 1), Self.mostRepeats))
    }
}
