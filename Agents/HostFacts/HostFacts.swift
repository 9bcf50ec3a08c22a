internal import Glibc
package import ProcFS
package import Vocabulary

/// Reads what this machine is: hardware, disks, network, system, packages, accounts, open ports.
///
/// Files under `root` and two questions to the kernel (rtnetlink, statvfs); no process is started. What costs most is
/// kept in `cache` and read anew only when it changed.
package struct HostFacts: Sendable {
    private let root: Root
    private let cache: FactsCache
    private let netlink: @Sendable (NetlinkRequest) throws(FileError) -> [UInt8]
    private let capacity: @Sendable (String) throws(FileError) -> Capacity
    private let machine: @Sendable () -> String

    /// `root` is `/` or a recorded tree; the functions stand for rtnetlink(7), statvfs(3) and the machine of uname(2).
    package init(
        root: String = "/", cache: FactsCache = FactsCache(),
        netlink: @escaping @Sendable (NetlinkRequest) throws(FileError) -> [UInt8] = NetlinkSocket.dump,
        capacity: @escaping @Sendable (String) throws(FileError) -> Capacity = Capacity.ofFilesystem(at:),
        machine: @escaping @Sendable () -> String = HostFacts.machineOfKernel
    ) {
        self.root = Root(root)
        self.cache = cache
        self.netlink = netlink
        self.capacity = capacity
        self.machine = machine
    }

    /// Reads everything once, in some ten milliseconds; takes the thread for that long.
    package func read() -> Sheet {
        var builder = SheetBuilder(root: root)
        builder.addHardware()
        builder.addProcessors()
        builder.addMemory()
        builder.addDisks()
        builder.addFilesystems(capacity: capacity)
        builder.addInterfaces(netlink: netlink)
        builder.addGatewaysAndResolvers()
        builder.addSystem(architecture: machine())
        builder.addPackages(cache: cache)
        let users = builder.addAccounts()
        builder.addListeners(users: users, cache: cache)
        return builder.sheet()
    }

    /// Who listens on which port, alone: some hundred microseconds while nothing changes.
    package func openSockets() -> (sockets: [OpenSocket], blindSpots: [BlindSpot]) {
        var builder = SheetBuilder(root: root)
        var users: [UInt32: String] = [:]
        for line in (builder.text("/etc/passwd") ?? "").lines {
            guard let user = UserAccount(parsing: line), users[user.id] == nil else { continue }
            users[user.id] = user.name
        }
        let sockets = builder.openSockets(users: users, cache: cache)
        return (sockets, builder.sheet().blindSpots)
    }

    /// A command that gives the installed agent a capability.
    package static func remedy(lacking capability: String) -> String {
        SheetBuilder.capabilityRemedy(capability)
    }

    /// The kernel's word for the processor's architecture, e.g. `x86_64`.
    package static func machineOfKernel() -> String {
        var names = utsname()
        guard uname(&names) == 0 else { return "" }
        return withUnsafeBytes(of: &names.machine) { field in
            String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}
