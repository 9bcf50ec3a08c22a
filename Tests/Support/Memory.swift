import Glibc

/// What this process has used of the machine's memory.
package enum Memory {
    /// The largest resident size so far, in KiB.
    package static func peakKilobytes() throws -> Int {
        var usage = rusage()
        guard getrusage(RUSAGE_SELF.rawValue, &usage) == 0 else {
            throw Command.Failure(description: "getrusage: errno \(errno)")
        }
        return Int(usage.ru_maxrss)
    }
}
