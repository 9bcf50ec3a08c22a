/// Who made a device, what it is and which version it runs, from the text that it sends as User-Agent or Server
/// (RFC 3261, 20.35 and 20.41). Nothing in that text is laid down: what cannot be told stays nil.
package struct Product: Hashable, Sendable {
    package var vendor: String?
    package var name: String
    package var version: String?

    /// `name/version …`, `name (version …)`, `name (Release - version)`, `name version`, `name vVersion (…)`: the forms
    /// in use.
    package init?(_ text: String) {
        let text = text.prefix(200).drop { $0 == " " }
        guard let first = text.first, first.isLetter || first.isNumber else { return nil }
        vendor = Self.vendor(of: text)
        let opening = text.firstIndex(of: "(")
        let slash = text.firstIndex(of: "/")
        if let opening, text[..<opening].hasPrefix("TANDBERG/") || slash.map({ opening < $0 }) != false {
            let words = text[..<opening].split(separator: " ")
            let number = words.last.flatMap { words.count > 1 ? Self.plainVersion($0) : nil }
            name = number == nil ? Self.trimmed(text[..<opening]) : words.dropLast().joined(separator: " ")
            version = number ?? Self.version(text[text.index(after: opening)...].prefix { $0 != ")" })
        } else if let slash {
            name = Self.trimmed(text[..<slash])
            version = Self.version(text[text.index(after: slash)...])
        } else {
            let words = text.split(separator: " ")
            let number = words.last.flatMap { words.count > 1 ? Self.version($0) : nil }
            name = words.dropLast(number == nil ? 0 : 1).joined(separator: " ")
            version = number
        }
        guard !name.isEmpty else { return nil }
    }

    /// A word that can be nothing but a version: `v1.0.0`, `1.0`; the numbers of models have neither `v` nor point.
    private static func plainVersion(_ word: Substring) -> String? {
        let number = word.first == "v" ? word.dropFirst() : word
        guard number.first?.isNumber == true, number.contains(".") else { return nil }
        return String(number)
    }

    /// The first word that has a digit, without what only introduces it.
    private static func version(_ text: Substring) -> String? {
        var rest = text
        for introduction in ["Release - ", "SW-Version="] where rest.hasPrefix(introduction) {
            rest = rest.dropFirst(introduction.count)
        }
        let word = rest.prefix { $0 != " " && $0 != "(" && $0 != "," && $0 != ";" }
        let number = word.first == "v" ? word.dropFirst() : word
        guard number.contains(where: \.isNumber) else { return nil }
        return String(number.drop { $0 == "." })
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.last == " " || text.last == "-" { text.removeLast() }
        return String(text)
    }

    private static func vendor(of text: Substring) -> String? {
        let lower = text.lowercased()
        return vendors.first { lower.hasPrefix($0.prefix) }?.vendor
    }

    /// By how the text begins, in lower case.
    private static let vendors: [(prefix: String, vendor: String)] = [
        ("3cx", "3CX"), ("aastra", "Mitel"), ("asterisk", "Asterisk"), ("audiocodes", "AudioCodes"), ("avaya", "Avaya"),
        ("avm", "AVM"), ("baresip", "baresip"), ("cisco", "Cisco"), ("fpbx", "FreePBX"), ("freeswitch", "FreeSWITCH"),
        ("fritz!", "AVM"), ("grandstream", "Grandstream"), ("huawei", "Huawei"), ("kamailio", "Kamailio"),
        ("kedacom", "Kedacom"), ("lifesize", "Lifesize"), ("linphone", "Linphone"), ("mediant", "AudioCodes"),
        ("mitel", "Mitel"), ("opensips", "OpenSIPS"), ("panasonic", "Panasonic"), ("pexip", "Pexip"),
        ("poly", "Poly"), ("snom", "snom"), ("sony", "Sony"), ("tandberg", "Cisco"), ("tely", "Tely Labs"),
        ("yealink", "Yealink"), ("zte", "ZTE"),
    ]
}
