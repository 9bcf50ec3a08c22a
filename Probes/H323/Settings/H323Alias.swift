package import ProbeSettings

/// What an endpoint is registered under (H.225.0: AliasAddress): a number, or a name.
package enum H323Alias: Hashable, Sendable, CustomStringConvertible {
    /// Digits, `#`, `*` and `,`.
    case digits(String)
    /// Any other text (h323-ID), as UTF-16.
    case name(String)

    package init(_ text: String) throws(SettingsError) {
        guard !text.isEmpty, text.utf16.count <= 128,
            text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7f })
        else {
            throw SettingsError(key: "alias", problem: "is empty, too long, or holds a control character")
        }
        self = text.utf8.allSatisfy { Self.dialled.contains($0) } ? .digits(text) : .name(text)
    }

    package var description: String {
        switch self {
        case .digits(let text), .name(let text): text
        }
    }

    /// In the order in which PER counts them (X.691, 30.5.4).
    package static let dialled = Array("#*,0123456789".utf8)
}
