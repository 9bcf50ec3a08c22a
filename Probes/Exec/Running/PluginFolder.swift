import Glibc
package import Vocabulary

/// The folder of this machine's administrator: what lies there may be run, and nothing else.
package struct PluginFolder: Sendable {
    package static let standard = "/etc/haidang/plugins"

    package let path: String
    private let user: uid_t

    /// `user`: whose files count as our own, beside root's.
    package init(_ path: String = PluginFolder.standard, user: UInt32 = geteuid()) {
        self.path = path
        self.user = user
    }

    /// A plug-in as it is to be called. Of a link it is what the link leads to, so that scripts find what lies beside them;
    /// but under the link's name, by which many plug-ins go.
    package struct Program: Hashable, Sendable {
        package var path: String
        /// What it is told to be called, its first argument.
        package var name: String
    }

    /// The plug-in of this name.
    ///
    /// Nobody but root and our own user may be able to change what is run: neither the file nor a link to it, nor a folder
    /// on the way to it.
    package func find(_ name: String) -> Result<Program, PluginRefusal> {
        if let refusal = refusalOfFolder() { return .failure(refusal) }
        let place = "\(path)/\(name)"
        switch TrustedPath(user: user).status(of: place) {
        case .failure(.system(ENOENT, _)) where !Self.isThere(place):
            return .failure(
                PluginRefusal(
                    Reason(
                        "plugin-missing", step: "open", expected: "a plug-in \(name) in \(path)",
                        got: "nothing of that name")))
        case .failure(let fault): return .failure(PluginRefusal(fault.reason))
        case .success(let status):
            guard status.st_mode & S_IFMT == S_IFREG else {
                return .failure(PluginRefusal(Self.notExecutable("no regular file")))
            }
            guard faccessat(AT_FDCWD, place, X_OK, AT_EACCESS) == 0 else {
                return .failure(
                    PluginRefusal(Self.notExecutable("a file of mode \(TrustedPath.octal(status.st_mode))")))
            }
            return .success(program(at: place, called: name))
        }
    }

    private func refusalOfFolder() -> PluginRefusal? {
        switch TrustedPath(user: user).status(of: path) {
        case .failure(.system(ENOENT, _)):
            return PluginRefusal(
                Reason(
                    "no-plugin-folder", step: "open", expected: "the folder \(path); `install -d \(path)` makes it",
                    got: "nothing of that name"))
        case .failure(let fault): return PluginRefusal(fault.reason)
        case .success(let status):
            guard status.st_mode & S_IFMT == S_IFDIR else {
                return PluginRefusal(
                    Reason(
                        "no-plugin-folder", step: "open", expected: "the folder \(path); `install -d \(path)` makes it",
                        got: "no folder"))
            }
            return nil
        }
    }

    private func program(at place: String, called name: String) -> Program {
        guard let target = TrustedPath.link(at: place) else { return Program(path: place, name: place) }
        let whole = target.hasPrefix("/") ? target : "\(path)/\(target)"
        let folder = whole[..<(whole.lastIndex(of: "/") ?? whole.startIndex)]
        return Program(path: whole, name: "\(folder)/\(name)")
    }

    /// Also as a link that leads nowhere.
    private static func isThere(_ place: String) -> Bool {
        var status = stat()
        return lstat(place, &status) == 0
    }

    private static func notExecutable(_ got: String) -> Reason {
        Reason("plugin-not-executable", step: "open", expected: "an executable file", got: got)
    }
}

/// Why a plug-in is not run.
package struct PluginRefusal: Error, Hashable, Sendable {
    package var reason: Reason

    package init(_ reason: Reason) {
        self.reason = reason
    }
}
