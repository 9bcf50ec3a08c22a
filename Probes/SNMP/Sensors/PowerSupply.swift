package import SNMP

/// An uninterruptible supply as UPS-MIB (RFC 1628) or APC's PowerNet-MIB shows it.
package enum PowerSupply {
    package static let standard: OID = [1, 3, 6, 1, 2, 1, 33, 1]
    package static let apc: OID = [1, 3, 6, 1, 4, 1, 318, 1, 1, 1]

    package static func measurements(_ snapshot: Snapshot) -> [Measurement] {
        let own = apcMeasurements(snapshot)
        return own.isEmpty ? standardMeasurements(snapshot) : own
    }

    private static func standardMeasurements(_ snapshot: Snapshot) -> [Measurement] {
        func number(_ arcs: UInt32...) -> Double? { snapshot[standard + arcs]?.number }
        var found: [Measurement] = []
        if let status = snapshot[standard + [2, 1, 0]]?.whole {
            // upsBatteryStatus: 1 unknown, 2 normal, 3 low, 4 depleted.
            let words: [Int64: String] = [3: "battery low", 4: "battery depleted"]
            found.append(
                Measurement(.condition, "battery", words[status] == nil ? 1 : 0, trouble: words[status]))
        }
        if let seconds = number(2, 2, 0), seconds > 0 {
            found.append(Measurement(.condition, "mains", 0, trouble: "on battery for \(seconds.wholeText) s"))
        }
        if let minutes = number(2, 3, 0), minutes >= 0 { found.append(Measurement(.runtime, "", minutes * 60)) }
        if let percent = number(2, 4, 0), (0...100).contains(percent) {
            found.append(Measurement(.charge, "", percent / 100))
        }
        if let tenths = number(2, 5, 0), tenths > 0 { found.append(Measurement(.voltage, "battery", tenths / 10)) }
        if let celsius = number(2, 7, 0), celsius > 0 { found.append(Measurement(.temperature, "battery", celsius)) }
        for row in snapshot.rows(standard + [3, 3, 1]) {
            let line = "input \(row.index.first ?? 1)"
            if let volts = row.number(3), volts > 0 { found.append(Measurement(.voltage, line, volts)) }
            if let tenths = row.number(2), tenths > 0 { found.append(Measurement(.frequency, line, tenths / 10)) }
        }
        for row in snapshot.rows(standard + [4, 4, 1]) {
            let line = "output \(row.index.first ?? 1)"
            if let volts = row.number(2), volts > 0 { found.append(Measurement(.voltage, line, volts)) }
            if let tenths = row.number(3), tenths >= 0 { found.append(Measurement(.current, line, tenths / 10)) }
            if let watts = row.number(4), watts >= 0 { found.append(Measurement(.power, line, watts)) }
            if let percent = row.number(5), (0...200).contains(percent) {
                found.append(Measurement(.load, line, percent / 100))
            }
        }
        // upsOutputSource: 3 normal, 5 battery.
        if let source = snapshot[standard + [4, 1, 0]]?.whole {
            let words: [Int64: String] = [2: "no output", 4: "on bypass", 5: "on battery"]
            found.append(Measurement(.condition, "output", words[source] == nil ? 1 : 0, trouble: words[source]))
        }
        return found
    }

    private static func apcMeasurements(_ snapshot: Snapshot) -> [Measurement] {
        func value(_ arcs: UInt32...) -> SNMPValue? { snapshot[apc + arcs] }
        /// The high-precision twin, in tenths, where the card has it.
        func number(_ plain: [UInt32], precise: [UInt32]) -> Double? {
            if let tenths = snapshot[apc + precise]?.number, tenths >= 0 { return tenths / 10 }
            return snapshot[apc + plain]?.number
        }
        var found: [Measurement] = []
        if let status = value(2, 1, 1, 0)?.whole {
            let words: [Int64: String] = [3: "battery low", 4: "battery in fault"]
            found.append(
                Measurement(.condition, "battery", words[status] == nil ? 1 : 0, trouble: words[status]))
        }
        if value(2, 2, 4, 0)?.whole == 2 {
            found.append(Measurement(.condition, "battery replacement", 0, trouble: "battery needs replacing"))
        }
        if let source = value(4, 1, 1, 0)?.whole {
            // upsBasicOutputStatus: 2 on line, 3 on battery, 4 smart boost, 12 smart trim, 7 off, 6 and 9 bypass.
            let words: [Int64: String] = [
                3: "on battery", 5: "timed sleeping", 6: "on bypass", 7: "off", 9: "on bypass", 10: "bypass by fault",
                11: "sleeping until power returns",
            ]
            found.append(Measurement(.condition, "output", words[source] == nil ? 1 : 0, trouble: words[source]))
        }
        if let percent = number([2, 2, 1, 0], precise: [2, 3, 1, 0]) {
            found.append(Measurement(.charge, "", min(1, percent / 100)))
        }
        if let celsius = number([2, 2, 2, 0], precise: [2, 3, 2, 0]), celsius > 0 {
            found.append(Measurement(.temperature, "battery", celsius))
        }
        if let ticks = value(2, 2, 3, 0)?.number { found.append(Measurement(.runtime, "", ticks / 100)) }
        if let volts = number([3, 2, 1, 0], precise: [3, 3, 1, 0]) {
            found.append(Measurement(.voltage, "input", volts))
        }
        if let hertz = number([3, 2, 4, 0], precise: [3, 3, 4, 0]), hertz > 0 {
            found.append(Measurement(.frequency, "input", hertz))
        }
        if let volts = number([4, 2, 1, 0], precise: [4, 3, 1, 0]) {
            found.append(Measurement(.voltage, "output", volts))
        }
        if let percent = number([4, 2, 3, 0], precise: [4, 3, 3, 0]) {
            found.append(Measurement(.load, "output", percent / 100))
        }
        if let amperes = number([4, 2, 4, 0], precise: [4, 3, 4, 0]) {
            found.append(Measurement(.current, "output", amperes))
        }
        return found
    }
}
