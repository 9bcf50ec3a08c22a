internal import Enrolment
internal import Glibc
package import Keys

/// Who this agent is and where its collector is: `agent.pem` of the state folder, mode 0600.
///
/// One file, because key, certificate and collector only mean something together: it is replaced in one step, so that
/// a crash in between leaves either the old identity or the new one.
package struct Identity: Sendable {
    /// `https://HOST:PORT`.
    package var collector: String
    /// The collector's key, as the token told it.
    package var pinnedKey: Fingerprint
    package var key: PrivateKey
    package var certificate: Certificate

    private static let file = "agent.pem"
    private static let certificateBegins = "-----BEGIN CERTIFICATE-----"
    private static let keyBegins = "-----BEGIN PRIVATE KEY-----"

    package static func exists(in folder: String) -> Bool {
        access("\(folder)/\(file)", F_OK) == 0
    }

    package init(collector: String, pinnedKey: Fingerprint, key: PrivateKey, certificate: Certificate) {
        self.collector = collector
        self.pinnedKey = pinnedKey
        self.key = key
        self.certificate = certificate
    }

    /// Reads what `keep(in:)` wrote, and the three files of the first agents.
    package init(folder: String) throws {
        let path = "\(folder)/\(Self.file)"
        let text = try StateFile.read(path)
        guard let certificate = text.firstRange(of: Self.certificateBegins),
            let key = text.firstRange(of: Self.keyBegins), certificate.lowerBound < key.lowerBound
        else {
            try self.init(
                place: path, certificate: text, key: try StateFile.read("\(folder)/agent.key"),
                collector: try StateFile.read("\(folder)/collector"))
            return
        }
        try self.init(
            place: path, certificate: String(text[certificate.lowerBound..<key.lowerBound]),
            key: String(text[key.lowerBound...]), collector: String(text[..<certificate.lowerBound]))
    }

    private init(place: String, certificate: String, key: String, collector: String) throws {
        let lines = collector.split(separator: "\n")
        guard lines.count == 2, lines[0].hasPrefix("https://"), let pinnedKey = Fingerprint(String(lines[1])) else {
            throw StateError(path: place, problem: "the collector is not an address and a fingerprint")
        }
        do {
            self.init(
                collector: String(lines[0]), pinnedKey: pinnedKey, key: try PrivateKey(pem: key),
                certificate: try Certificate(pem: certificate))
        } catch {
            throw StateError(path: place, problem: "\(error)")
        }
        guard self.certificate.fingerprint == self.key.fingerprint else {
            throw StateError(path: place, problem: "the certificate is for another key")
        }
    }

    package func keep(in folder: String) throws(StateError) {
        try StateFile.write(
            "\(collector)\n\(pinnedKey)\n\(certificate.pem)\(key.pem())", to: "\(folder)/\(Self.file)")
        // What the first agents kept beside it; it would only mislead.
        for old in ["collector", "agent.key"] { unlink("\(folder)/\(old)") }
    }

    /// The same agent with its next certificate; refused unless it is for that key and agent, and lasts longer.
    func renewed(with certificate: Certificate, key: PrivateKey) -> Identity? {
        guard certificate.fingerprint == key.fingerprint, certificate.notAfter > self.certificate.notAfter,
            let agent = AgentIdentity.agent(of: certificate), agent == AgentIdentity.agent(of: self.certificate)
        else { return nil }
        return Identity(collector: collector, pinnedKey: pinnedKey, key: key, certificate: certificate)
    }
}
