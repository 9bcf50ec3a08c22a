/// Gives the lines of a secret that a check names: by the name under which the collector sends it, or by the path of a
/// file on the agent's machine.
package typealias SecretReading = @Sendable (_ name: String) -> Result<[String], SecretRefusal>

/// Why a secret cannot be had, in words that say nothing of it.
package struct SecretRefusal: Error, Hashable, Sendable {
    package var words: String

    package init(_ words: String) {
        self.words = words
    }
}
