package import Courier
import Vocabulary

/// A notification in one short message: what, where and since when always fit; the why is what is cut first.
package struct ShortText: Hashable, Sendable {
    /// What one short message of 140 bytes holds.
    package static let limit = 160
    private static let siteLimit = 40

    package let text: String

    package init(_ notification: Notification) {
        let isMarked = notification.isRepeated && !notification.repetition.isEmpty
        let mark = isMarked ? "(\(GSM7.cut(GSM7.folded(notification.repetition), to: 20))) " : ""
        let site = GSM7.cut(GSM7.folded(notification.site), to: Self.siteLimit)
        let place = site.isEmpty ? "" : " @ \(site)"
        let time = " " + Self.time(notification.since, until: notification.resolved)
        let rest = Self.limit - GSM7.length(mark) - GSM7.length(place) - GSM7.length(time)
        // The subject says what before it says why.
        text = mark + GSM7.cut(GSM7.folded(notification.subject), to: rest) + place + time
    }

    /// `14:05 26/11`, with `->14:20 26/11` once it is over; UTC+07:00, as everywhere in messages.
    private static func time(_ since: Instant, until end: Instant?) -> String {
        end.map { "\(moment(since))->\(moment($0))" } ?? moment(since)
    }

    private static func moment(_ instant: Instant) -> String {
        let local = (instant + .seconds(7 * 3600)).description
        guard let mark = local.firstIndex(of: "T") else { return local }
        let date = local[..<mark].split(separator: "-")
        return "\(local[local.index(after: mark)...].prefix(5)) \(date.suffix(2).reversed().joined(separator: "/"))"
    }
}
