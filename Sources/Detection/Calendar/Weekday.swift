/// A day of the week; the raw value stands in files.
package enum Weekday: String, CaseIterable, Comparable, Sendable {
    case monday = "mon"
    case tuesday = "tue"
    case wednesday = "wed"
    case thursday = "thu"
    case friday = "fri"
    case saturday = "sat"
    case sunday = "sun"

    /// Monday is 0.
    package var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    package static func < (left: Weekday, right: Weekday) -> Bool {
        left.place < right.place
    }
}
