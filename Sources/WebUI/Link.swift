/// Addresses that pages point to.
enum Link {
    static func asset(_ name: String) -> String { "/assets/" + encoded(name) }

    static func packages(_ name: String) -> String { asset(name) + "/packages" }

    static func site(_ name: String) -> String { "/sites/" + encoded(name) }

    static func maintenance(_ name: String) -> String { "/maintenance/" + encoded(name) }

    static func announcement(asset name: String) -> String { "/maintenance?asset=" + encoded(name) + "#add" }

    static func announcement(site name: String) -> String { "/maintenance?site=" + encoded(name) + "#add" }

    /// A month's report, or with `.csv` the same as a sheet.
    static func availability(_ month: String, by grouping: String, form: String = "") -> String {
        "/availability\(form)?month=\(encoded(month))&by=\(encoded(grouping))"
    }

    /// The assets of a unit and of the units below it.
    static func assets(ofUnit name: String) -> String { "/assets?unit=" + encoded(name) }

    static func assets(ofSite name: String) -> String { "/assets?site=" + encoded(name) }

    /// What the charts of an asset show, for the script.
    static func series(_ name: String, span: ChartSpan) -> String { asset(name) + "/series?span=\(span.rawValue)" }

    /// A name or value as one path segment or query value (RFC 3986: all but unreserved characters encoded).
    static func encoded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += "%" + (digits.utf8.count < 2 ? "0" : "") + digits
            }
        }
        return result
    }

    /// The address itself when it is one to follow; nil for `javascript:` and everything else.
    static func web(_ address: String) -> String? {
        address.hasPrefix("https://") || address.hasPrefix("http://") ? address : nil
    }

    /// `mailto:` when it looks like one address; nil for everything else.
    static func mail(_ address: String) -> String? {
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isPlain) }) else { return nil }
        return "mailto:" + address
    }

    private static func isPlain(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || "._%+-".contains(character))
    }

    /// `geo:` (RFC 5870), which a phone opens in its map.
    static func place(latitude: Double, longitude: Double) -> String { "geo:\(latitude),\(longitude)" }

    /// `tel:` with digits alone; nil when there are none.
    static func phone(_ number: String) -> String? {
        let digits = number.filter { $0.isASCII && ($0.isNumber || $0 == "+") }
        return digits.isEmpty ? nil : "tel:" + digits
    }
}
