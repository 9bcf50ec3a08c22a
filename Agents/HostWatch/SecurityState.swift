package import HostFacts
internal import ProcFS
internal import SecurityRules
package import Vocabulary

/// How this machine stands now, for whoever asks by hand: nothing is remembered, nothing is compared.
package struct SecurityState: Sendable {
    /// Doors, powers, certificates, and the number of packages, as paths and values.
    package var facts: [Fact] = []
    /// What the sign-in rules find in the whole of today's log.
    package var findings: [Finding] = []
    package var blindSpots: [BlindSpot] = []

    /// Reads the machine under `root` once.
    package init(root path: String = "/", facts host: HostFacts, at now: Instant) {
        let root = Root(path)
        let isWholeMachine = path == "/"
        add("sign-ins", "source", SignInWatch.source(root, now: now, isWholeMachine: isWholeMachine))
        var signIns = SignInWatch(root: root, isWholeMachine: isWholeMachine, memory: nil)
        note(signIns.readAll(at: now))
        let (listeners, unseen) = ListenerWatch(root: root, facts: host, memory: nil).see()
        for listener in listeners {
            add(
                "listener", "\(listener.kind) \(listener.address):\(listener.port)",
                listener.program.isEmpty ? "?" : "\(listener.program) \(listener.path)")
        }
        note(([], unseen))
        var privileges = PrivilegeWatch(root: root, memory: nil)
        let sight = privileges.see()
        for privilege in sight.places.values.joined() {
            add("privilege", privilege.kind.rawValue, "\(privilege.holder) \(privilege.what)".trimmed)
        }
        note(([], sight.blindSpots))
        var certificates = CertificateWatch(root: root, memory: nil)
        let (seen, unread) = certificates.see()
        for certificate in seen {
            add("certificate", certificate.place, "\(certificate.subject), until \(certificate.ends)")
        }
        note((CertificateRule.expiring(seen, at: now), unread))
        do throws(FileError) {
            add("packages", "installed", String(try PackageWatch(root: root).read().count))
        } catch {
            if !error.isAbsent { blindSpots.append(BlindSpot("packages", detail: error.description, remedy: "")) }
        }
        facts.sort { ($0.path, $0.value) < ($1.path, $1.value) }
    }

    private mutating func add(_ group: String, _ name: String, _ value: String) {
        facts.append(Fact(group, name, value: value))
    }

    private mutating func note(_ seen: (findings: [Finding], blindSpots: [BlindSpot])) {
        findings += seen.findings
        for spot in seen.blindSpots where !blindSpots.contains(where: { $0.code == spot.code }) {
            blindSpots.append(spot)
        }
    }
}
