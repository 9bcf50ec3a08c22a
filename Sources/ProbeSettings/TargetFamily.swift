/// Which address of a name to ask: the setting `family` of a check.
package enum TargetFamily: String, CaseIterable, Hashable, Sendable {
    case any
    case ipv4 = "4"
    case ipv6 = "6"
}
