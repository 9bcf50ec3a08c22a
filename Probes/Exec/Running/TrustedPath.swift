import Glibc
import Sockets
import Vocabulary

/// Walks a path from the root and refuses it where somebody else could change what is at its end, as sshd does with keys.
struct TrustedPath {
    enum Fault: Error, Hashable {
        /// An errno, and at which place.
        case system(Int32, String)
        case owner(String, uid_t)
        case writable(String, mode_t)

        var reason: Reason {
            switch self {
            case .system(let code, let place):
                Reason(
                    "plugin-unreadable", step: "open", expected: "a file that can be read",
                    got: "\(place): \(SystemError("lstat", code: code).text)")
            case .owner(let place, let user):
                Reason(
                    "plugin-writable", step: "open", expected: "what nobody else can change",
                    got: "\(place) belongs to user \(user)")
            case .writable(let place, let mode):
                Reason(
                    "plugin-writable", step: "open", expected: "what nobody else can change",
                    got: "\(place) has mode \(TrustedPath.octal(mode))")
            }
        }
    }

    private static let mostLinks = 40
    /// Whose files are trusted beside root's.
    let user: uid_t

    /// What is at the end of the path, behind all links.
    func status(of path: String) -> Result<stat, Fault> {
        var ahead = path.split(separator: "/").map(String.init).reversed() as [String]
        var (here, links) = ("", 0)
        if case .failure(let fault) = check("/") { return .failure(fault) }
        while let name = ahead.popLast() {
            if name == "." { continue }
            if name == ".." {
                here = String(here[..<(here.lastIndex(of: "/") ?? here.startIndex)])
                continue
            }
            let place = "\(here)/\(name)"
            let status: stat
            switch check(place) {
            case .failure(let fault): return .failure(fault)
            case .success(let found): status = found
            }
            guard status.st_mode & S_IFMT == S_IFLNK else {
                here = place
                continue
            }
            links += 1
            guard links <= Self.mostLinks else { return .failure(.system(ELOOP, place)) }
            guard let target = Self.link(at: place) else { return .failure(.system(errno, place)) }
            if target.hasPrefix("/") { here = "" }
            ahead += target.split(separator: "/").map(String.init).reversed()
        }
        return check(here.isEmpty ? "/" : here)
    }

    private func check(_ place: String) -> Result<stat, Fault> {
        var status = stat()
        guard lstat(place, &status) == 0 else { return .failure(.system(errno, place)) }
        guard status.st_uid == 0 || status.st_uid == user else { return .failure(.owner(place, status.st_uid)) }
        // Of a link the mode says nothing; in a folder like /tmp nobody can move what belongs to another.
        let isLink = status.st_mode & S_IFMT == S_IFLNK
        let isSticky = status.st_mode & S_IFMT == S_IFDIR && status.st_mode & S_ISVTX != 0
        guard isLink || isSticky || status.st_mode & (S_IWGRP | S_IWOTH) == 0 else {
            return .failure(.writable(place, status.st_mode))
        }
        return .success(status)
    }

    /// Where a link leads; nil for what is none.
    static func link(at place: String) -> String? {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = buffer.withUnsafeMutableBytes { bytes in
            bytes.baseAddress.map { readlink(place, $0, bytes.count) } ?? -1
        }
        return count > 0 ? String(decoding: buffer.prefix(count), as: UTF8.self) : nil
    }

    /// `0755`
    static func octal(_ mode: mode_t) -> String {
        let digits = String(mode & 0o7777, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
