package import Vocabulary

/// How long a failure is only on the board before a message goes out.
package enum Patience: Hashable, Comparable, Sendable {
    case after(Duration)
    /// With the next daily digest.
    case digest

    /// By importance: core after two seconds, normal after half a minute, low with the digest.
    package init(_ importance: Importance) {
        switch importance {
        case .core: self = .after(.seconds(2))
        case .normal: self = .after(.seconds(30))
        case .low: self = .digest
        }
    }

    /// When a failure that was confirmed at `time` is due to be told.
    package func due(from time: Instant) -> Instant {
        switch self {
        case .after(let span): time + span
        case .digest: Self.nextDigest(after: time)
        }
    }

    /// In UTC+07:00, before the offices open.
    package static let digestTime = "07:15"

    /// The next `digestTime`.
    package static func nextDigest(after time: Instant) -> Instant {
        let (day, digest): (Int64, Int64) = (86_400, 15 * 60)
        let today = time.seconds - ((time.seconds % day) + day) % day + digest
        return Instant(seconds: today > time.seconds ? today : today + day)
    }
}
