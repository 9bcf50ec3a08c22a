internal import ProcFS

/// What one network interface carried since it was made (`/proc/net/dev`).
package struct InterfaceCounters: Hashable, Sendable {
    package var receivedBytes: UInt64
    package var receiveErrors: UInt64
    package var receiveDrops: UInt64
    package var transmittedBytes: UInt64
    package var transmitErrors: UInt64
    package var transmitDrops: UInt64

    /// By interface name; the two heading lines and broken ones are left out.
    package static func parse(_ text: String) -> [String: InterfaceCounters] {
        var interfaces: [String: InterfaceCounters] = [:]
        for line in text.lines {
            // An alias may hold a colon (`eth0:1`), the numbers never do.
            guard let colon = line.utf8.lastIndex(of: UInt8(ascii: ":")) else { continue }
            let numbers = Substring(line.utf8[line.utf8.index(after: colon)...]).fields.map { UInt64($0) }
            guard numbers.count >= 12, let received = numbers[0], let receiveErrors = numbers[2],
                let receiveDrops = numbers[3], let transmitted = numbers[8], let transmitErrors = numbers[10],
                let transmitDrops = numbers[11]
            else { continue }
            interfaces[String(line[..<colon].trimmed)] = InterfaceCounters(
                receivedBytes: received, receiveErrors: receiveErrors, receiveDrops: receiveDrops,
                transmittedBytes: transmitted, transmitErrors: transmitErrors, transmitDrops: transmitDrops)
        }
        return interfaces
    }

    /// Whether an interface of that name belongs to a container or a test and comes and goes with it.
    package static func isPassing(_ name: String) -> Bool {
        name == "lo" || ["veth", "ifb", "dummy", "cali", "lxc", "tap", "vnet"].contains { name.hasPrefix($0) }
    }
}
