package import Vocabulary

/// How far back the charts of a page look; the raw value is what `?span=` carries.
package enum ChartSpan: String, CaseIterable, Sendable {
    case hour = "1h"
    case sixHours = "6h"
    case day = "24h"
    case week = "7d"

    package var duration: Duration {
        switch self {
        case .hour: .seconds(3600)
        case .sixHours: .seconds(6 * 3600)
        case .day: .seconds(86_400)
        case .week: .seconds(7 * 86_400)
        }
    }

    /// Beyond six hours averages say as much as every sample.
    package var isLong: Bool { duration > .seconds(6 * 3600) }

    /// Where the span begins for somebody who looks now.
    package func start(before now: Instant) -> Instant { now - duration }

    /// The least that a drawing covers, so that the first minutes are neither a dot at the edge nor blown up.
    package static let least = Duration.seconds(300)

    /// Where a drawing begins: at the first sample, at least `least` and at most the whole span before now.
    package func start(firstSample: Instant?, now: Instant) -> Instant {
        max(start(before: now), min(firstSample ?? now, now - Self.least))
    }
}
