/// Why bytes are no response that can be read.
package enum SIPFault: Error, Hashable, Sendable {
    /// They do not begin with `SIP/2.0` and a status.
    case notSIP
    /// A request, which the other side may send of its own accord.
    case request
    /// Longer, or of more fields, than anybody needs.
    case tooLarge
}
