/// What an alert is about: a check, an agent that fell silent or sees nothing, or a finding; by their rows.
package enum Subject: Hashable, Sendable {
    case check(Int64)
    case agent(String)
    case finding(Int64)

    /// A finding is what it is: nothing on the way to a machine explains it, and no work on it excuses it.
    package var isFinding: Bool {
        if case .finding = self { true } else { false }
    }
}
