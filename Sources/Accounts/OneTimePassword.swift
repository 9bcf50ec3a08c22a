import Keys

/// A password to be read from a screen and typed once: 80 random bits, no letters that look alike.
enum OneTimePassword {
    private static let letters = Array("abcdefghijkmnpqrstuvwxyz23456789")

    static func make() throws -> String {
        let letters = try Random.bytes(16).map { Self.letters[Int($0) % Self.letters.count] }
        return stride(from: 0, to: letters.count, by: 4).map { String(letters[$0..<$0 + 4]) }.joined(separator: "-")
    }
}
