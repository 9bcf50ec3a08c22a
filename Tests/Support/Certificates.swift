import Foundation

/// A certificate authority in a folder, made with the openssl command, and certificates signed by it.
package struct Certificates: Sendable {
    package let folder: TemporaryFolder

    /// Makes the authority: `ca.pem`, `ca.key`.
    package init(in folder: TemporaryFolder, name: String = "Test authority") throws {
        self.folder = folder
        try Self.key(folder.path("ca.key"))
        try Command.run(
            "openssl", "req", "-x509", "-utf8", "-new", "-key", folder.path("ca.key"), "-out", folder.path("ca.pem"),
            "-days", "3650", "-subj", "/O=Hải Đăng/CN=\(name)")
        try folder.write("", to: "ca.index")
        try folder.write("1000\n", to: "ca.serial")
        try folder.write(
            """
            [ca]
            default_ca = test
            [test]
            database = \(folder.path("ca.index"))
            serial = \(folder.path("ca.serial"))
            new_certs_dir = \(folder.root.path)
            certificate = \(folder.path("ca.pem"))
            private_key = \(folder.path("ca.key"))
            default_md = sha256
            policy = any
            unique_subject = no
            copy_extensions = copy
            [any]
            commonName = supplied
            organizationName = optional
            """, to: "ca.conf")
    }

    /// The authority's certificate as PEM.
    package var authority: [UInt8] {
        get throws { try folder.bytes(of: "ca.pem") }
    }

    /// Makes `NAME.pem` and `NAME.key`, for server or client, valid between two days counted from today.
    package func issue(
        _ name: String, names: String = "DNS:localhost,IP:127.0.0.1", fromDay: Int = -1, toDay: Int = 90
    ) throws {
        try Self.key(folder.path("\(name).key"))
        try Command.run(
            "openssl", "req", "-new", "-utf8", "-key", folder.path("\(name).key"), "-out", folder.path("\(name).csr"),
            "-subj", "/O=Sở Thông tin/CN=\(name)", "-addext", "subjectAltName=\(names)")
        try Command.run(
            "openssl", "ca", "-batch", "-utf8", "-notext", "-config", folder.path("ca.conf"), "-startdate",
            Self.day(fromDay), "-enddate", Self.day(toDay), "-in", folder.path("\(name).csr"), "-out",
            folder.path("\(name).pem"))
    }

    private static func key(_ path: String) throws {
        try Command.run("openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", path)
    }

    private static func day(_ offset: Int) -> String {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(identifier: "UTC")
        format.dateFormat = "yyyyMMddHHmmss'Z'"
        return format.string(from: Date(timeIntervalSinceNow: Double(offset) * 86_400))
    }
}
