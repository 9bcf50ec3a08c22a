package import HostFacts
internal import ProcFS
internal import SecurityRules
package import Vocabulary

/// Watches this machine for what an administrator has to know: who gets in, who listens, who has power, what changed.
///
/// Each look is some hundred system calls while nothing changes: files are asked for their stamp before they are read.
/// What the rules remember goes with each look, to be kept in the same transaction as what they found: a restart
/// neither repeats nor misses.
package actor HostWatch {
    /// What one look found, what is to be kept by its name, and what it could not see.
    package struct Sight: Sendable {
        package var findings: [Finding] = []
        package var memory: [Memory] = []
        package var blindSpots: [BlindSpot] = []
        /// Much more than a look that finds everything as it was.
        package var hasReadMuch = false
    }

    package struct Memory: Hashable, Sendable {
        package var name: String
        package var body: [UInt8]
    }

    private enum Name {
        static let signIns = "watch-sign-ins"
        static let listeners = "watch-listeners"
        static let privileges = "watch-privileges"
        static let packages = "watch-packages"
        static let certificates = "watch-certificates"
    }

    private struct Watches {
        var signIns: SignInWatch
        var listeners: ListenerWatch
        var privileges: PrivilegeWatch
        var packages: PackageWatch
        var certificates: CertificateWatch
    }

    private let root: Root
    private let facts: HostFacts
    private let isWholeMachine: Bool
    private let recall: @Sendable (String) async -> [UInt8]?
    private var watches: Watches?
    /// Hashes of what was last handed out to be kept.
    private var told: [String: Int] = [:]

    /// - Parameters:
    ///   - root: `/`, or the folder that holds another machine's files; the journal is this machine's only.
    ///   - recall: what was last kept under a name.
    package init(root: String = "/", facts: HostFacts, recall: @escaping @Sendable (String) async -> [UInt8]?) {
        self.root = Root(root)
        self.facts = facts
        self.recall = recall
        isWholeMachine = root == "/"
    }

    package func look(at now: Instant) async -> Sight {
        var watches = await opened()
        var sight = Sight()
        sight.take(watches.signIns.look(at: now))
        sight.take(watches.listeners.look(at: now))
        sight.take(watches.privileges.look(at: now))
        sight.take(watches.certificates.look(at: now))
        let recall = recall
        let (finding, packages, blindSpots) = await watches.packages.look(at: now) { await recall(Name.packages) }
        sight.take((finding.map { [$0] } ?? [], blindSpots))
        self.watches = watches
        if let packages { sight.memory.append(Memory(name: Name.packages, body: packages)) }
        sight.hasReadMuch = watches.packages.hasRead
        for (name, body) in [
            (Name.signIns, watches.signIns.memory), (Name.listeners, watches.listeners.memory),
            (Name.privileges, watches.privileges.memory), (Name.certificates, watches.certificates.memory),
        ] where told[name] != body.hashValue {
            told[name] = body.hashValue
            sight.memory.append(Memory(name: name, body: body))
        }
        return sight
    }

    package func close() {
        watches?.signIns.close()
    }

    private func opened() async -> Watches {
        if let watches { return watches }
        return Watches(
            signIns: SignInWatch(root: root, isWholeMachine: isWholeMachine, memory: await recall(Name.signIns)),
            listeners: ListenerWatch(root: root, facts: facts, memory: await recall(Name.listeners)),
            privileges: PrivilegeWatch(root: root, memory: await recall(Name.privileges)),
            packages: PackageWatch(root: root),
            certificates: CertificateWatch(root: root, memory: await recall(Name.certificates)))
    }
}

extension HostWatch.Sight {
    fileprivate mutating func take(_ seen: (findings: [Finding], blindSpots: [BlindSpot])) {
        findings += seen.findings
        for spot in seen.blindSpots where !blindSpots.contains(where: { $0.code == spot.code }) {
            blindSpots.append(spot)
        }
    }
}
