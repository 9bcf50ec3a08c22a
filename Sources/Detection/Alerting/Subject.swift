/// What an alert is about: a check, or an agent that fell silent or sees nothing; by their rows.
package enum Subject: Hashable, Sendable {
    case check(Int64)
    case agent(String)
}
