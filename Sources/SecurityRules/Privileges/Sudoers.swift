/// The lines of sudoers(5) that say something, each as one line with single blanks.
package enum Sudoers {
    /// Comments, empty lines and includes are left out: what is included is read as a file of its own.
    package static func lines(_ text: String) -> [String] {
        var lines: [String] = []
        var open = ""
        for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            var part = line
            while part.last == UInt8(ascii: "\r") { part = part.dropLast() }
            let isContinued = part.last == UInt8(ascii: "\\")
            if isContinued { part = part.dropLast() }
            open += "\(Substring(part)) "
            if isContinued { continue }
            if let line = meaning(of: open) { lines.append(line) }
            open = ""
        }
        if let line = meaning(of: open) { lines.append(line) }
        return lines
    }

    private static func meaning(of line: String) -> String? {
        let words = line.utf8.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.map { Substring($0) }
        guard let first = words.first else { return nil }
        // `#1000` is a user id and no comment.
        if first.utf8.first == UInt8(ascii: "#") {
            guard first.utf8.count > 1, first.utf8.dropFirst().allSatisfy({ (0x30...0x39).contains($0) }) else {
                return nil
            }
        }
        if ["@include", "@includedir"].contains(first) { return nil }
        // A comment at the end of the line, where it begins a word.
        let told = words.enumerated().prefix { place, word in
            place == 0 || word.utf8.first != UInt8(ascii: "#")
                || (word.utf8.count > 1 && word.utf8.dropFirst().allSatisfy { (0x30...0x39).contains($0) })
        }
        return told.map(\.element).joined(separator: " ")
    }

    /// Whether sudo reads a file of that name in an included folder.
    package static func reads(_ name: String) -> Bool {
        !name.utf8.contains(UInt8(ascii: ".")) && name.utf8.last != UInt8(ascii: "~")
    }
}
