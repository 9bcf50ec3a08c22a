/// One measured value of a plug-in: `'label'=value[UOM];[warn];[crit];[min];[max]`.
package struct PerformanceValue: Hashable, Sendable {
    package var label: String
    package var value: Double
    /// As the plug-in writes it, e.g. `ms`; empty: none.
    package var unit: String
    package var warning: AlertRange?
    package var critical: AlertRange?

    package init(
        label: String, value: Double, unit: String, warning: AlertRange? = nil, critical: AlertRange? = nil
    ) {
        self.label = label
        self.value = value
        self.unit = unit
        self.warning = warning
        self.critical = critical
    }

    /// What a performance line says, and how many words of it say nothing. A value `U` is undetermined: it is left out.
    package static func values(in line: some Collection<UInt8>) -> (values: [PerformanceValue], refused: Int) {
        var (values, refused) = ([PerformanceValue](), 0)
        var rest = Array(line)[...]
        while true {
            rest = rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            guard !rest.isEmpty else { return (values, refused) }
            let label = label(taking: &rest)
            let body = rest.prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
            rest = rest.dropFirst(body.count)
            guard let label, let found = value(of: label, body) else {
                refused += 1
                continue
            }
            if case .determined(let value) = found { values.append(value) }
        }
    }

    private enum Found {
        case determined(PerformanceValue)
        case undetermined
    }

    /// The label with its `=`; nil where there is none, with all that can be taken for one gone.
    private static func label(taking rest: inout ArraySlice<UInt8>) -> String? {
        var label: [UInt8] = []
        if rest.first == UInt8(ascii: "'") {
            rest = rest.dropFirst()
            while true {
                let piece = rest.prefix { $0 != UInt8(ascii: "'") }
                label += piece
                rest = rest.dropFirst(piece.count)
                guard !rest.isEmpty else { return nil }
                rest = rest.dropFirst()
                guard rest.first == UInt8(ascii: "'") else { break }
                label.append(UInt8(ascii: "'"))
                rest = rest.dropFirst()
            }
        } else {
            label = Array(rest.prefix { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: " ") })
            rest = rest.dropFirst(label.count)
        }
        guard rest.first == UInt8(ascii: "="), !label.isEmpty else { return nil }
        rest = rest.dropFirst()
        return PluginOutput.text(label[...], atMost: 100)
    }

    private static func value(of label: String, _ body: ArraySlice<UInt8>) -> Found? {
        let fields = body.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        guard let first = fields.first else { return nil }
        if first.elementsEqual([UInt8(ascii: "U")]) { return .undetermined }
        let length = PlainNumber.length(in: first)
        guard let number = PlainNumber.read(first.prefix(length)) else { return nil }
        let unit = first.dropFirst(length)
        // `1,5` is no value with a unit: it is a number of another locale.
        guard unit.count <= 16, unit.first != UInt8(ascii: ","), unit.first != UInt8(ascii: "."),
            !unit.contains(where: "0123456789'\"=|".utf8.contains)
        else { return nil }
        func range(_ index: Int) -> AlertRange? {
            index < fields.count ? AlertRange(fields[fields.startIndex + index]) : nil
        }
        return .determined(
            PerformanceValue(
                label: label, value: number, unit: PluginOutput.text(unit, atMost: 16), warning: range(1),
                critical: range(2)))
    }
}
