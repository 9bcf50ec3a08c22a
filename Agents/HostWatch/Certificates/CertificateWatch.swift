internal import HostFacts
internal import Keys
internal import ProcFS
internal import SecurityRules
internal import Vocabulary

/// Reads the certificates that the settings of nginx, Apache, Postfix and Dovecot name: what these services show.
struct CertificateWatch {
    /// Where settings stand, and which word of theirs is followed by a certificate's file.
    private static let settings: [(file: String, folders: [String], word: String)] = [
        ("/etc/nginx/nginx.conf", ["/etc/nginx/conf.d", "/etc/nginx/sites-enabled"], "ssl_certificate"),
        (
            "/etc/apache2/apache2.conf", ["/etc/apache2/conf-enabled", "/etc/apache2/sites-enabled"],
            "SSLCertificateFile"
        ),
        ("/etc/postfix/main.cf", [], "smtpd_tls_cert_file"),
        ("/etc/dovecot/dovecot.conf", ["/etc/dovecot/conf.d"], "ssl_cert"),
    ]
    private static let mostFiles = 200

    private let root: Root
    private var rule: CertificateRule
    private var files: [String: (stamp: Root.Stamp, named: [String])] = [:]
    private var certificates: [String: (stamp: Root.Stamp, seen: CertificateRule.Seen)] = [:]

    init(root: Root, memory: [UInt8]?) {
        self.root = root
        rule = CertificateRule(memory: MemoryText.lines(memory ?? []))
    }

    var memory: [UInt8] {
        var memory = MemoryText()
        rule.remember(in: &memory)
        return memory.text
    }

    mutating func look(at now: Instant) -> (findings: [Finding], blindSpots: [BlindSpot]) {
        let (seen, blindSpots) = see()
        return (rule.apply(seen, at: now), blindSpots)
    }

    mutating func see() -> (seen: [CertificateRule.Seen], blindSpots: [BlindSpot]) {
        var seen: [CertificateRule.Seen] = []
        var blindSpots: [BlindSpot] = []
        for path in named().sorted().prefix(Self.mostFiles) {
            do throws(FileError) {
                let stamp = try root.stamp(path)
                if let kept = certificates[path], kept.stamp == stamp {
                    seen.append(kept.seen)
                    continue
                }
                guard let read = Self.certificate(try root.text(path, limit: 1 << 20), path) else { continue }
                certificates[path] = (stamp, read)
                seen.append(read)
            } catch {
                guard error.isRefused, blindSpots.isEmpty else { continue }
                blindSpots.append(
                    BlindSpot(
                        "file-unreadable", detail: error.description,
                        remedy: HostFacts.remedy(lacking: "CAP_DAC_READ_SEARCH")))
            }
        }
        return (seen, blindSpots)
    }

    /// The files that the settings name; settings are read again only when they changed.
    private mutating func named() -> Set<String> {
        var named: Set<String> = []
        var now: [String: (stamp: Root.Stamp, named: [String])] = [:]
        for (file, folders, word) in Self.settings {
            for path in [file] + folders.flatMap({ names(in: $0) }) {
                do throws(FileError) {
                    let stamp = try root.stamp(path)
                    let found: [String]
                    if let kept = files[path], kept.stamp == stamp {
                        found = kept.named
                    } else {
                        found = Self.certificates(in: try root.text(path, limit: 1 << 20), word: word)
                    }
                    now[path] = (stamp, found)
                    named.formUnion(found)
                } catch {
                    continue
                }
            }
        }
        files = now
        return named
    }

    private func names(in folder: String) -> [String] {
        do throws(FileError) {
            return try root.names(folder).map { "\(folder)/\($0)" }
        } catch {
            return []
        }
    }

    /// `ssl_certificate /etc/ssl/portal.pem;`, `ssl_cert = </etc/dovecot/cert.pem`: absolute paths without variables.
    static func certificates(in text: String, word: String) -> [String] {
        text.lines.flatMap { line in
            line.utf8.prefix { $0 != UInt8(ascii: "#") }.split { ";{}".utf8.contains($0) }
        }.compactMap { statement in
            let words = statement.split { " \t=<\"\r".utf8.contains($0) }.map { Substring($0) }
            guard words.count >= 2, words[0] == word[...], words[1].hasPrefix("/"), !words[1].contains("$") else {
                return nil
            }
            return String(words[1])
        }
    }

    private static func certificate(_ text: String, _ path: String) -> CertificateRule.Seen? {
        do throws(KeysError) {
            guard let first = firstBlock(of: text) else { return nil }
            let certificate = try Certificate(pem: first)
            return CertificateRule.Seen(
                place: path, fingerprint: Hex.encode(certificate.sha256),
                subject: certificate.commonName ?? certificate.names.dnsNames.first ?? certificate.serial,
                ends: certificate.notAfter)
        } catch {
            return nil
        }
    }

    /// The service's own certificate: the first of a chain, wherever a key stands in the same file.
    private static func firstBlock(of text: String) -> String? {
        let lines = text.lines.map { $0.trimmed }
        guard let begin = lines.firstIndex(of: "-----BEGIN CERTIFICATE-----"),
            let end = lines[begin...].firstIndex(of: "-----END CERTIFICATE-----")
        else { return nil }
        return lines[begin...end].joined(separator: "\n") + "\n"
    }
}
