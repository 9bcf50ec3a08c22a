package import Vocabulary

/// Why nobody is called because of an asset or a site at this moment, and until when.
package struct ExemptionNote: Hashable, Sendable {
    package enum Cause: Hashable, Sendable {
        /// By name; with how many of the site's assets it is for.
        case maintenance(String, assets: Int = 0, of: Int = 0)
        /// By name; empty where several keep different ones.
        case outsideHours(String)
    }

    package var cause: Cause
    /// nil: no end is in sight.
    package var until: Instant?

    package init(_ cause: Cause, until: Instant?) {
        self.cause = cause
        self.until = until
    }

    func words(_ viewer: Viewer) -> String {
        let (words, numbers) = (viewer.words.maintenance, viewer.numbers)
        let end = until.map { viewer.calendar.dateAndTime($0) }
        switch cause {
        case .maintenance(let name, let assets, let all):
            let part = assets < all ? words.part(numbers.integer(assets), numbers.integer(all)) : nil
            let text = end.map { words.inUntil($0) } ?? words.inWithoutEnd
            return "\(text): \(name)" + (part.map { " (\($0))" } ?? "")
        case .outsideHours(let name):
            let text = end.map { words.outsideUntil($0) } ?? words.outsideWithoutEnd
            return name.isEmpty ? text : "\(text): \(name)"
        }
    }
}
