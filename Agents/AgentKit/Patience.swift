internal import ProbeKit
internal import Vocabulary

/// How a suspicion is confirmed, by kind of probe.
///
/// An echo is cheap and one lost packet ordinary: three more, quickly. A whole connection or request costs the
/// target more and loses less: two more, a little apart.
enum Patience {
    private static let byKind: [ProbeKind: Suspicion.Settings] = [
        "icmp": .init(confirmations: 3, spacing: .milliseconds(150))
    ]
    private static let others = Suspicion.Settings(confirmations: 2, spacing: .milliseconds(300))

    static func settings(for kind: ProbeKind) -> Suspicion.Settings {
        byKind[kind] ?? others
    }
}
