package import Vocabulary

/// Somebody says "I have it" of an incident; it ends with the incident, or when they give it back.
package struct Acknowledgement: Hashable, Sendable {
    package var by: String
    /// Until then they want to hear nothing more of it; nil: nothing is held back.
    package var until: Instant?

    package init(by: String, until: Instant? = nil) {
        self.by = by
        self.until = until
    }
}
