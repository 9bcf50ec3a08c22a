import CLinux
import Glibc

/// What the operating system refused: the call and its `errno`.
package struct SystemError: Error, Hashable, Sendable, CustomStringConvertible {
    package var call: String
    package var code: Int32

    package init(_ call: String, code: Int32) {
        self.call = call
        self.code = code
    }

    /// The error that the last call on this thread left behind; read it before anything else calls the system.
    package static func last(_ call: String) -> SystemError {
        SystemError(call, code: errno)
    }

    /// The system's words for the code, in English whatever the locale, e.g. `Connection refused`.
    package var text: String {
        guard let words = strerrordesc_np(code) else { return "error \(code)" }
        return String(cString: words)
    }

    package var description: String { "\(call): \(text)" }
}
