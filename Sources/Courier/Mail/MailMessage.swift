import Keys
import Vocabulary

/// A mail as it goes over the wire (RFC 5322, RFC 2045, RFC 2047): plain text in UTF-8, CRLF, Base64.
struct MailMessage {
    let bytes: [UInt8]

    init(_ notification: Notification, from: String, to: [String], at now: Instant) {
        let lines = [
            "From: \(Self.line(from))",
            "To: \(to.map(Self.line).joined(separator: ", "))",
            "Subject: \(Self.encodedWords(notification.subject))",
            "Date: \(now.mailDate)",
            // The same for every attempt, so that a mailbox can tell a repetition.
            "Message-ID: <haidang-\(notification.id)@haidang.invalid>",
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: base64",
            "",
            Self.body(notification.markedText),
            "",
        ]
        bytes = Array(lines.joined(separator: "\r\n").utf8)
    }

    /// Lines of 76 characters (RFC 2045, 6.8): 57 bytes each.
    private static func body(_ text: String) -> String {
        let bytes = Array(text.utf8)
        return stride(from: 0, to: bytes.count, by: 57)
            .map { Base64.standard.encode(bytes[$0..<min($0 + 57, bytes.count)]) }.joined(separator: "\r\n")
    }

    /// An address without anything that could begin another header.
    private static func line(_ text: String) -> String {
        text.filter { !$0.isNewline }
    }

    /// Encoded words of at most 75 characters, broken between characters, never inside one.
    private static func encodedWords(_ text: String) -> String {
        var words: [String] = []
        var part = ""
        for character in text where !character.isNewline {
            if (part + String(character)).utf8.count > 45, !part.isEmpty {
                words.append(part)
                part = ""
            }
            part.append(character)
        }
        words.append(part)
        return words.map { "=?UTF-8?B?\(Base64.standard.encode($0.utf8))?=" }.joined(separator: "\r\n ")
    }
}
