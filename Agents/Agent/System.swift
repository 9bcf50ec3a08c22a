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
