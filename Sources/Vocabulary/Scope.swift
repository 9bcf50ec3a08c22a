/// What a person, a token or a program may see: every read of a store takes one.
package enum Scope: Hashable, Sendable {
    case everything
    /// Assets owned by one of these units; the caller has expanded the subtree.
    case units(Set<String>)
}
