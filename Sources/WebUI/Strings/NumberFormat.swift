/// Numbers as the language writes them: decimal mark, groups of thousands, units with a prefix that fits.
package struct NumberFormat: Sendable {
    package let language: Language

    package init(language: Language) {
        self.language = language
    }

    /// Three significant digits at most after the unit is chosen, e.g. `1,25 ms`, `3.4 MiB/s`, `12 %`.
    package func value(_ number: Double, _ unit: ChartUnit) -> String {
        guard number.isFinite else { return "–" }
        switch unit {
        case .seconds: return scaled(number, steps: Self.seconds)
        case .bytes: return scaled(number, steps: Self.bytes)
        case .bytesPerSecond: return scaled(number, steps: Self.bytes) + "/s"
        case .ratio: return decimals(number * 100, significant: 3) + "\u{202F}%"
        case .count: return decimals(number, significant: number.magnitude < 1000 ? 3 : 0)
        }
    }

    package func integer(_ number: Int) -> String {
        grouped(String(number.magnitude), isNegative: number < 0)
    }

    /// A place on the map to five digits, which is a metre: `10.98051, 106.67480`, with a point in every language.
    package func degrees(_ latitude: Double, _ longitude: Double) -> String {
        let five = { (angle: Double) -> String in
            guard angle.isFinite, angle.magnitude <= 360 else { return "–" }
            let whole = Int((angle.magnitude * 100_000).rounded())
            let fraction = String(whole % 100_000)
            let padding = String(repeating: "0", count: 5 - fraction.count)
            return "\(angle < 0 && whole > 0 ? "−" : "")\(whole / 100_000).\(padding)\(fraction)"
        }
        return "\(five(latitude)), \(five(longitude))"
    }

    /// Whole đồng, e.g. `12.500.000 đ`.
    package func money(_ price: Int64) -> String {
        amount(price) + "\u{00A0}đ"
    }

    /// Whole đồng without the currency, for columns whose heading names it.
    package func amount(_ amount: Int64) -> String {
        grouped(String(amount.magnitude), isNegative: amount < 0)
    }

    /// A ratio in whole percent, for columns where a decimal is noise.
    package func percent(_ ratio: Double) -> String {
        ratio.isFinite && ratio.magnitude < 1e6 ? integer(Int((ratio * 100).rounded())) + "\u{202F}%" : "–"
    }

    private static let seconds: [(size: Double, name: String)] = [
        (86_400, "d"), (3600, "h"), (60, "min"), (1, "s"), (1e-3, "ms"), (1e-6, "µs"),
    ]
    private static let bytes: [(size: Double, name: String)] = [
        (1_125_899_906_842_624, "PiB"), (1_099_511_627_776, "TiB"), (1_073_741_824, "GiB"), (1_048_576, "MiB"),
        (1024, "KiB"), (1, "B"),
    ]

    /// A number on its own or with a prefix from `steps`, largest first.
    private func scaled(_ number: Double, steps: [(size: Double, name: String)]) -> String {
        guard number != 0, let last = steps.last else { return "0" + (steps.contains { $0.name == "B" } ? " B" : " s") }
        // A minute and more in whole seconds reads worse than 90 s; 120 s and more become minutes.
        let step =
            steps.first { number.magnitude >= ($0.name == "min" ? 120 : $0.size) * 0.9995 } ?? last
        return "\(decimals(number / step.size, significant: 3)) \(step.name)"
    }

    private func decimals(_ number: Double, significant: Int) -> String {
        guard number.magnitude < 1e15 else { return "\(number)" }
        var places = 0
        if significant > 0 {
            places = number.magnitude >= 99.95 ? 0 : number.magnitude >= 9.995 ? 1 : 2
        }
        let scale = places == 0 ? 1.0 : places == 1 ? 10.0 : 100.0
        let whole = Int64((number.magnitude * scale).rounded())
        var fraction = String(whole % Int64(scale))
        fraction = places == 0 ? "" : String(repeating: "0", count: places - fraction.count) + fraction
        while fraction.hasSuffix("0") { fraction.removeLast() }
        let text = grouped(String(whole / Int64(scale)), isNegative: number < 0 && whole != 0)
        return fraction.isEmpty ? text : text + (language == .vietnamese ? "," : ".") + fraction
    }

    private func grouped(_ digits: String, isNegative: Bool) -> String {
        let mark: Character = language == .vietnamese ? "." : ","
        var result = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { result.append(mark) }
            result.append(digit)
        }
        return (isNegative ? "−" : "") + result
    }
}
