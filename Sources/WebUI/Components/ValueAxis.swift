/// The vertical axis: from nothing (or below) to a round number, with round steps of the unit.
struct ValueAxis: Hashable, Sendable {
    let low: Double
    let high: Double
    let ticks: [Double]

    init(covering extent: (low: Double, high: Double), unit: ChartUnit) {
        let bottom = min(0, extent.low)
        var top = max(0, extent.high)
        if bottom == top { top = Self.smallest(unit) }
        let step = Self.step(atLeast: (top - bottom) / 4, unit)
        let first = (bottom / step).rounded(.down)
        let last = max(first + 1, (top / step - 1e-9).rounded(.up))
        low = first * step
        high = last * step
        ticks = (0...Int(min(12, last - first))).map { (first + Double($0)) * step }
    }

    private static func smallest(_ unit: ChartUnit) -> Double {
        switch unit {
        case .seconds: 0.001
        case .bytes, .bytesPerSecond: 1024
        case .ratio: 0.01
        case .count: 1
        }
    }

    private static func step(atLeast raw: Double, _ unit: ChartUnit) -> Double {
        switch unit {
        case .bytes, .bytesPerSecond: return binary(raw)
        case .seconds: return raw > 20 ? sexagesimal(raw) : decimal(raw)
        case .count: return max(1, decimal(raw))
        case .ratio: return decimal(raw)
        }
    }

    /// 1, 2 or 5 times a power of ten.
    private static func decimal(_ raw: Double) -> Double {
        guard raw > 1e-12, raw < 1e18 else { return max(raw, 1e-12) }
        var power = 0
        var size = 1.0
        while size * 10 <= raw {
            size *= 10
            power += 1
        }
        while size > raw * 1.000_000_1 {
            power -= 1
            size = 1 / (0..<(-power)).reduce(1.0) { product, _ in product * 10 }
        }
        for factor in [1.0, 2, 5, 10] where factor * size >= raw * 0.999_999 { return factor * size }
        return 10 * size
    }

    private static func binary(_ raw: Double) -> Double {
        var size = 1.0
        while size < raw, size < 1e300 { size *= 2 }
        return size
    }

    private static func sexagesimal(_ raw: Double) -> Double {
        let steps: [Double] = [30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400]
        return steps.first { $0 >= raw } ?? decimal(raw / 86_400) * 86_400
    }
}
