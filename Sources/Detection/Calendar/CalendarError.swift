/// What is wrong with a calendar's text, in words that name the place.
package struct CalendarError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
