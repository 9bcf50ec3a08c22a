/// Something an agent cannot see, and the command that would let it.
package struct BlindSpot: Hashable, Sendable {
    /// Stable, lower-case with hyphens, e.g. `raw-socket`, `other-users-sockets`, `dmi-serial`.
    package var code: String
    /// The place that refused, in the system's words, e.g. `/sys/class/dmi/id/product_serial: Permission denied`.
    package var detail: String
    /// A shell command for the administrator of that machine; empty when there is none.
    package var remedy: String

    package init(_ code: String, detail: String, remedy: String) {
        self.code = code
        self.detail = detail
        self.remedy = remedy
    }
}
