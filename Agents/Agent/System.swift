import Glibc

/// This program's own file: what a capability has to be given to.
enum Executable {
    static var path: String {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = buffer.withUnsafeMutableBytes { bytes in
            bytes.baseAddress.map { readlink("/proc/self/exe", $0, bytes.count) } ?? -1
        }
        return count > 0 ? String(decoding: buffer.prefix(count), as: UTF8.self) : "haidang-agent"
    }
}

/// This machine's name, uname(2).
enum Host {
    static var name: String {
        var names = utsname()
        guard uname(&names) == 0 else { return "" }
        return withUnsafeBytes(of: &names.nodename) { field in
            String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}

/// How many files this process may have open, getrlimit(2).
enum OpenFiles {
    /// As many as it is allowed: the usual 1,024 are for programs that wait by select(2), and thousands of checks may each
    /// hold a connection. Where that is refused, checks beyond it say that this machine has no more sockets.
    static func allowMost() {
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(resource, &limit)
    }
}
