package import SNMP

/// A place where devices of some maker show a measurement: a variable or a column, and how to read it.
package struct Gauge: Hashable, Sendable {
    package var quantity: Measurement.Quantity
    package var place: OID
    /// What the number is multiplied with to be in the metric's unit.
    package var scale: Double = 1
    /// The column that names the rows.
    package var names: OID?
    /// A word before the row's index where there is no such column.
    package var word = ""
    /// For `memory`: what is free, or how much there is; the number itself is then what is used.
    package var free: OID?
    package var size: OID?
    /// For `condition`: the numbers that mean well, and those that mean nothing is there.
    package var good: Set<Int64> = []
    package var absent: Set<Int64> = []

    package var variables: [OID] { [place, names, free, size].compactMap { $0 } }

    /// Reads the gauges' file: quantity and OID, then pairs of a word and what it says; a line each, `#` a comment.
    ///
    ///     temperature .9.9.13.1.3.1.3 names .9.9.13.1.3.1.2
    ///     memory .9.9.48.1.1.1.5 free .9.9.48.1.1.1.6 names .9.9.48.1.1.1.2
    ///     condition .9.9.13.1.4.1.3 good 1 absent 5 names .9.9.13.1.4.1.2
    package static func read(_ text: String) throws(FamilyReader.Problem) -> [Gauge] {
        var gauges: [Gauge] = []
        var number = 0
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            number += 1
            let words = line.split(separator: " ").map(String.init)
            guard let first = words.first, !first.hasPrefix("#") else { continue }
            guard let quantity = quantities[first], words.count.isMultiple(of: 2), let place = oid(words[1]) else {
                throw FamilyReader.Problem(line: number, problem: "not a quantity, an OID and pairs")
            }
            var gauge = Gauge(quantity: quantity, place: place)
            for pair in stride(from: 2, to: words.count, by: 2) {
                guard gauge.take(words[pair], words[pair + 1]) else {
                    throw FamilyReader.Problem(line: number, problem: "\(words[pair]) \(words[pair + 1])")
                }
            }
            gauges.append(gauge)
        }
        return gauges
    }

    private mutating func take(_ word: String, _ value: String) -> Bool {
        switch word {
        case "scale": scale = Double(value) ?? scale
        case "word": self.word = value
        case "names": names = Self.oid(value)
        case "free": free = Self.oid(value)
        case "size": size = Self.oid(value)
        case "good": good = Set(value.split(separator: ",").compactMap { Int64($0) })
        case "absent": absent = Set(value.split(separator: ",").compactMap { Int64($0) })
        default: return false
        }
        return true
    }

    private static func oid(_ text: String) -> OID? {
        OID(text).map { text.hasPrefix(".") ? OID([1, 3, 6, 1, 4, 1] + $0.arcs) : $0 }
    }

    private static let quantities: [String: Measurement.Quantity] = [
        "processor": .processor, "memory": .memory, "temperature": .temperature, "humidity": .humidity, "fan": .fan,
        "voltage": .voltage, "current": .current, "power": .power, "frequency": .frequency, "charge": .charge,
        "runtime": .runtime, "load": .load, "condition": .condition,
    ]

    /// What the device shows there.
    package func measurements(_ snapshot: Snapshot) -> [Measurement] {
        let root = place.arcs.last == 0 ? OID(Array(place.arcs.dropLast())) : place
        let cells = snapshot.column(root)
        return cells.compactMap { cell in
            guard let number = Self.number(cell.value) else { return nil }
            let name = name(of: cell.index, isOnly: cells.count == 1, snapshot)
            switch quantity {
            case .condition:
                guard let state = cell.value.whole, !absent.contains(state) else { return nil }
                let isGood = good.contains(state)
                return Measurement(.condition, name, isGood ? 1 : 0, trouble: isGood ? nil : "state \(state)")
            case .memory where free != nil || size != nil:
                let rest = free.flatMap { snapshot[Self.sibling($0, cell.index)]?.number }
                let whole = size.flatMap { snapshot[Self.sibling($0, cell.index)]?.number } ?? rest.map { $0 + number }
                guard let whole, whole > 0 else { return nil }
                return Measurement(.memory, name, min(1, max(0, number / whole)))
            default:
                let value = number * scale
                guard Self.isPlausible(value, quantity) else { return nil }
                return Measurement(quantity, name, value)
            }
        }
    }

    private static func sibling(_ column: OID, _ index: [UInt32]) -> OID {
        column.arcs.last == 0 && index == [0] ? column : column + index
    }

    private func name(of index: [UInt32], isOnly: Bool, _ snapshot: Snapshot) -> String {
        if let names, let name = snapshot[names + index]?.text { return name }
        if isOnly, index == [0] { return word }
        let row = index.map(String.init).joined(separator: ".")
        return word.isEmpty ? row : "\(word) \(row)"
    }

    /// Also what is written out, such as `23.5` or `40 %`.
    private static func number(_ value: SNMPValue) -> Double? {
        if let number = value.number { return number }
        guard case .octets = value, let text = value.text else { return nil }
        let number = Double(text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-") })
        return number.flatMap { $0.isFinite ? $0 : nil }
    }

    /// Devices write -1, 255 or 2³¹−1 for what they cannot measure.
    private static func isPlausible(_ value: Double, _ quantity: Measurement.Quantity) -> Bool {
        switch quantity {
        case .processor, .memory, .humidity, .charge: (0...1.0001).contains(value)
        case .temperature: value > -60 && value < 200 && value != 0
        case .fan, .voltage, .current, .power, .frequency, .runtime, .load: value >= 0 && value < 1e7
        default: true
        }
    }
}
