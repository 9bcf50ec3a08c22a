extension Substring {
    /// The lines without their line feeds; empty lines are left out.
    package var lines: [Substring] {
        utf8.split(separator: UInt8(ascii: "\n")).map { Substring($0) }
    }

    /// The words between spaces and tabs.
    package var fields: [Substring] {
        utf8.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.map { Substring($0) }
    }

    /// The parts between single separators, empty ones too, as in `/etc/passwd`.
    package func parts(at separator: Unicode.Scalar) -> [Substring] {
        guard separator.isASCII else { return [self] }
        let byte = UInt8(truncatingIfNeeded: separator.value)
        return utf8.split(separator: byte, omittingEmptySubsequences: false).map { Substring($0) }
    }

    /// Without ASCII blanks, line ends and NUL at both ends: device trees end their strings with one.
    package var trimmed: Substring {
        var rest = utf8
        while let byte = rest.first, byte <= UInt8(ascii: " ") { rest = rest.dropFirst() }
        while let byte = rest.last, byte <= UInt8(ascii: " ") { rest = rest.dropLast() }
        return Substring(rest)
    }

    /// What stands before and after the first `separator`; nil when there is none.
    package func halves(at separator: Unicode.Scalar) -> (Substring, Substring)? {
        guard separator.isASCII,
            let place = utf8.firstIndex(of: UInt8(truncatingIfNeeded: separator.value))
        else { return nil }
        return (self[..<place], Substring(utf8[utf8.index(after: place)...]))
    }
}

extension String {
    package var lines: [Substring] { self[...].lines }
    package var fields: [Substring] { self[...].fields }
    package var trimmed: String { String(self[...].trimmed) }
}
