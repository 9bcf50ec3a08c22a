package import Keys

/// The name of an agent: 64 random bits as 16 lower-case hexadecimal digits.
package struct AgentID: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    /// nil unless there are 16 lower-case hexadecimal digits.
    package init?(_ text: String) {
        guard text.utf8.count == 16, text == text.lowercased(), Hex.decode(text) != nil else { return nil }
        self.text = text
    }

    private init(bytes: [UInt8]) {
        text = Hex.encode(bytes)
    }

    package static func random() throws(KeysError) -> AgentID {
        AgentID(bytes: try Random.bytes(8))
    }

    package var description: String { text }
}
