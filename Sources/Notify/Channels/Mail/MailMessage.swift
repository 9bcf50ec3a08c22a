import Foundation
import Vocabulary

/// A mail as it goes over the wire (RFC 5322, RFC 2045, RFC 2047): plain text in UTF-8, CRLF, Base64.
struct MailMessage {
    let bytes: [UInt8]

    init(_ notification: Notification, from: String, to: [String], at now: Instant) {
        let lines = [
            "From: \(Self.line(from))",
            "To: \(to.map(Self.line).joined(separator: ", "))",
            "Subject: \(Self.encodedWords(notification.subject))",
            "Date: \(Self.date(now))",
            // The same for every attempt, so that a mailbox can tell a repetition.
            "Message-ID: <haidang-\(notification.id)@haidang.invalid>",
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: base64",
            "",
            Data(notification.markedText.utf8).base64EncodedString(options: [.lineLength76Characters]),
            "",
        ]
        bytes = Array(lines.joined(separator: "\r\n").utf8)
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
        return words.map { "=?UTF-8?B?\(Data($0.utf8).base64EncodedString())?=" }.joined(separator: "\r\n ")
    }

    private static func date(_ instant: Instant) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss Z"
        return formatter.string(from: Date(timeIntervalSince1970: Double(instant.microseconds) / 1e6))
    }
}
