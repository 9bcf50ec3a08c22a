import Detection
import Hummingbird

extension Refusal {
    /// For whoever reads the log of a machine that came up with a copied disk.
    static func copy(of original: InstanceWatch.Instance) -> Refusal {
        Refusal(
            .conflict, "clone-suspected",
            "\(original.origin.address) (\(original.origin.hostname)) reports with this agent's identity, too, and was "
                + "there first: is this disk a copy? Then, as root: rm -f /etc/machine-id /var/lib/*/machine-id && "
                + "systemd-machine-id-setup && haidang-agent enrol TOKEN, with a new token from `haidang enrol-token`")
    }
}
