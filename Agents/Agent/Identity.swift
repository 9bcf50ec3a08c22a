import Enrolment
import Glibc
import Keys

/// Who this agent is and where its collector is: four files of its state folder, mode 0600.
struct Identity: Sendable {
    /// `https://HOST:PORT`.
    var collector: String
    /// The collector's key, as the token told it.
    var pinnedKey: Fingerprint
    var key: PrivateKey
    var certificate: Certificate

    private static let (collectorFile, keyFile, certificateFile) = ("collector", "agent.key", "agent.pem")

    static func exists(in folder: String) -> Bool {
        access("\(folder)/\(certificateFile)", F_OK) == 0
    }

    /// Reads what `keep(in:)` wrote.
    init(folder: String) throws {
        let lines = try StateFile.read("\(folder)/\(Self.collectorFile)").split(separator: "\n")
        guard lines.count == 2, let pinnedKey = Fingerprint(String(lines[1])) else {
            throw StateError(path: "\(folder)/\(Self.collectorFile)", problem: "is not an address and a fingerprint")
        }
        collector = String(lines[0])
        self.pinnedKey = pinnedKey
        key = try PrivateKey(pem: try StateFile.read("\(folder)/\(Self.keyFile)"))
        certificate = try Certificate(pem: try StateFile.read("\(folder)/\(Self.certificateFile)"))
    }

    init(collector: String, pinnedKey: Fingerprint, key: PrivateKey, certificate: Certificate) {
        self.collector = collector
        self.pinnedKey = pinnedKey
        self.key = key
        self.certificate = certificate
    }

    /// Writes the files; the certificate last, because its being there means that the rest is, too.
    func keep(in folder: String) throws {
        try StateFile.write("\(collector)\n\(pinnedKey)\n", to: "\(folder)/\(Self.collectorFile)")
        try StateFile.write(key.pem(), to: "\(folder)/\(Self.keyFile)")
        try StateFile.write(certificate.pem, to: "\(folder)/\(Self.certificateFile)")
    }
}
