/// What a person may do.
package enum Role: String, CaseIterable, Codable, Hashable, Sendable {
    case administrator
    /// Sees, and changes nothing.
    case reader
}
