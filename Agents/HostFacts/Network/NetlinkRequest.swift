/// A question to the kernel's rtnetlink (rtnetlink(7)) that is answered with a list.
package enum NetlinkRequest: Hashable, Sendable {
    case links
    case addresses

    /// The request's bytes: a header, then an empty `ifinfomsg` or `ifaddrmsg`.
    package var bytes: [UInt8] {
        let type: UInt16 = self == .links ? 18 : 22
        let body = [UInt8](repeating: 0, count: self == .links ? 16 : 8)
        let requestAndDump: UInt16 = 0x1 | 0x300
        var bytes: [UInt8] = []
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: 16 + body.count)) { bytes += $0 }
        withUnsafeBytes(of: type) { bytes += $0 }
        withUnsafeBytes(of: requestAndDump) { bytes += $0 }
        withUnsafeBytes(of: UInt32(1)) { bytes += $0 }
        withUnsafeBytes(of: UInt32(0)) { bytes += $0 }
        return bytes + body
    }
}
