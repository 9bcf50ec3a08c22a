/// A span of time cut to the one unit that people say, e.g. 3 of `minutes`.
enum SpanUnit: CaseIterable, Sendable {
    case seconds, minutes, hours, days
}

extension Duration {
    /// Whole units, rounded down; a negative span counts as none.
    var spoken: (number: Int64, unit: SpanUnit) {
        let seconds = max(0, components.seconds)
        return switch seconds {
        case ..<60: (seconds, .seconds)
        case ..<3600: (seconds / 60, .minutes)
        case ..<86_400: (seconds / 3600, .hours)
        default: (seconds / 86_400, .days)
        }
    }
}
