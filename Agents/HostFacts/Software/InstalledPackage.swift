internal import Glibc
internal import ProcFS

/// A package that dpkg has installed, from one paragraph of `/var/lib/dpkg/status` (deb-control(5)).
package struct InstalledPackage: Hashable, Sendable {
    package var name: String
    package var architecture: String
    package var version: String
    /// The source package it was built from; its own name where the paragraph names none.
    package var source: String
    package var sourceVersion: String

    /// All paragraphs whose state is `installed` and that are to stay so (`install` or `hold`).
    ///
    /// Continuation lines and unknown fields are skipped without being looked into: the file has a megabyte, and the
    /// fields wanted begin with four letters.
    package static func parse(_ bytes: [UInt8]) -> [InstalledPackage] {
        var packages: [InstalledPackage] = []
        var paragraph = Paragraph()
        bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress else { return }
            var start = 0
            while start < buffer.count {
                let found = memchr(base + start, 10, buffer.count - start)
                let end = found.map { UnsafeRawPointer($0) - base } ?? buffer.count
                if end == start {
                    if let package = paragraph.package { packages.append(package) }
                    paragraph = Paragraph()
                } else {
                    switch buffer[start] {
                    case UInt8(ascii: "P"), UInt8(ascii: "V"), UInt8(ascii: "A"), UInt8(ascii: "S"):
                        paragraph.take(Substring(decoding: buffer[start..<end], as: UTF8.self))
                    default: break
                    }
                }
                start = end + 1
            }
        }
        if let package = paragraph.package { packages.append(package) }
        return packages
    }

    private struct Paragraph {
        var name: Substring = ""
        var architecture: Substring = ""
        var version: Substring = ""
        var source: Substring = ""
        var status: Substring = ""

        mutating func take(_ line: Substring) {
            guard let (key, rest) = line.halves(at: ":") else { return }
            switch key {
            case "Package": name = rest.trimmed
            case "Version": version = rest.trimmed
            case "Architecture": architecture = rest.trimmed
            case "Source": source = rest.trimmed
            case "Status": status = rest.trimmed
            default: return
            }
        }

        var package: InstalledPackage? {
            guard status == "install ok installed" || status == "hold ok installed", !name.isEmpty, !version.isEmpty
            else { return nil }
            // `Source: glibc (2.36-9)`: the version is named where it differs from the package's.
            let words = source.fields
            let sourceVersion = words.count > 1 ? words[1].drop { $0 == "(" }.prefix { $0 != ")" } : ""
            return InstalledPackage(
                name: String(name), architecture: String(architecture), version: String(version),
                source: String(words.first ?? name),
                sourceVersion: String(sourceVersion.isEmpty ? version : sourceVersion))
        }
    }
}
