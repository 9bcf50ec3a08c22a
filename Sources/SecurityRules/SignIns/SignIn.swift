/// What a line of the log says of somebody who wanted in.
package struct SignIn: Hashable, Sendable {
    package enum Service: String, CaseIterable, Sendable {
        case ssh
        case sudo
        case su
    }

    package enum Result: Hashable, Sendable {
        case failed
        /// The name given is nobody's, or may not come in; a failed password for it often follows, and is the same try.
        case refusedName
        case accepted(method: String)
    }

    package var service: Service
    package var result: Result
    /// The account that was asked for.
    package var user: String
    /// Where from: an address with ssh, the account of who typed with sudo and su.
    package var source: String
    /// The process that logged it: one connection of sshd.
    package var process: String
    /// How many such lines it stands for.
    package var count: Int

    package init(
        _ service: Service, _ result: Result, user: String, source: String, process: String = "", count: Int = 1
    ) {
        self.service = service
        self.result = result
        self.user = user
        self.source = source
        self.process = process
        self.count = count
    }
}
