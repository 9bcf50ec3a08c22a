package import TLSSettings

/// What is said in the open until TLS may begin, as a value: what came goes in, what is to be done comes out.
package struct StartTLSDialogue: Sendable {
    package enum Step: Hashable, Sendable {
        case wait
        case send([UInt8])
        /// TLS may begin.
        case done
        /// The server does not want to, or speaks something else: what was expected, and what it said.
        case refused(expected: String, got: String)
    }

    /// Beyond so many bytes a server says nothing that it ought to say here.
    private static let limit = 16 << 10

    private let way: StartTLS
    private var pending: [UInt8] = []
    private var stage = 0
    /// The code of a reply whose last line is yet to come.
    private var open: String?
    private var taken = 0
    /// For `--explain`: what was said, without what comes later.
    package private(set) var lines: [String] = []

    package init(_ way: StartTLS) {
        self.way = way
    }

    /// Before anything came: who speaks first.
    package mutating func begin() -> Step {
        switch way {
        case .none: .done
        case .smtp, .imap, .pop3, .ftp: .wait
        case .ldap: say(LDAPStartTLS.request, as: "StartTLS request")
        }
    }

    package mutating func take(_ bytes: [UInt8]) -> Step {
        taken += bytes.count
        guard taken <= Self.limit else { return .refused(expected: expected, got: "more than 16 KiB") }
        pending += bytes
        switch way {
        case .none: return .done
        case .ldap: return takeLDAP()
        case .smtp, .imap, .pop3, .ftp: return takeLines()
        }
    }

    private mutating func takeLines() -> Step {
        while let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
            var line = String(decoding: pending[..<end], as: UTF8.self)
            if line.hasSuffix("\r") { line.removeLast() }
            pending.removeSubrange(...end)
            lines.append(line)
            let step = answer(to: line)
            if step != .wait { return guarded(step) }
        }
        return .wait
    }

    /// What follows the last answer in the open would be read as if it came by TLS (CVE-2011-0411).
    private func guarded(_ step: Step) -> Step {
        guard step == .done, !pending.isEmpty else { return step }
        return .refused(expected: "TLS after the answer", got: "\(pending.count) bytes more in the open")
    }

    private mutating func answer(to line: String) -> Step {
        switch way {
        case .smtp, .ftp:
            guard let code = replied(line) else { return refused(line) }
            guard code != .more else { return .wait }
            return answer(toReply: line)
        case .pop3:
            guard line.hasPrefix("+OK") else { return refused(line) }
            return stage == 0 ? say("STLS") : .done
        default:
            if stage == 0 { return line.hasPrefix("* OK") ? say("a STARTTLS") : refused(line) }
            if line.hasPrefix("* ") { return .wait }
            return line.uppercased().hasPrefix("A OK") ? .done : refused(line)
        }
    }

    private mutating func answer(toReply line: String) -> Step {
        switch (way, stage) {
        case (.ftp, 0): line.hasPrefix("220") ? say("AUTH TLS") : refused(line)
        case (.ftp, _): line.hasPrefix("234") ? .done : refused(line)
        case (_, 0): line.hasPrefix("220") ? say("EHLO haidang.invalid") : refused(line)
        case (_, 1): line.hasPrefix("250") ? say("STARTTLS") : refused(line)
        default: line.hasPrefix("220") ? .done : refused(line)
        }
    }

    private enum Reply {
        case last, more
    }

    /// Three digits and a blank end a reply; with a minus further lines follow, and FTP's may be any text until the same
    /// code ends them (RFC 959, section 4.2). nil: no line of a reply.
    private mutating func replied(_ line: String) -> Reply? {
        let (code, mark) = (line.utf8.prefix(3), line.utf8.dropFirst(3).first)
        let isCode = code.count == 3 && code.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        if let open, way == .ftp {
            guard isCode, String(line.prefix(3)) == open, mark == UInt8(ascii: " ") else { return .more }
        }
        guard isCode else { return nil }
        let isLast = mark != UInt8(ascii: "-")
        open = isLast ? nil : String(line.prefix(3))
        return isLast ? .last : .more
    }

    private mutating func takeLDAP() -> Step {
        switch LDAPStartTLS.read(pending) {
        case .incomplete: return .wait
        case .accepted(let count):
            pending.removeFirst(count)
            return guarded(.done)
        case .refused(let words): return .refused(expected: expected, got: words)
        }
    }

    private mutating func say(_ line: String) -> Step {
        say(Array((line + "\r\n").utf8), as: line)
    }

    private mutating func say(_ bytes: [UInt8], as words: String) -> Step {
        stage += 1
        lines.append("> \(words)")
        return .send(bytes)
    }

    private func refused(_ line: String) -> Step {
        .refused(expected: expected, got: "\"\(String(line.prefix(200)))\"")
    }

    /// In words, what should come now.
    package var expected: String {
        switch way {
        case .none: "TLS"
        case .smtp: stage == 0 ? "a greeting of SMTP" : "STARTTLS to be offered"
        case .imap: stage == 0 ? "a greeting of IMAP" : "STARTTLS to be offered"
        case .pop3: stage == 0 ? "a greeting of POP3" : "STARTTLS to be offered"
        case .ftp: stage == 0 ? "a greeting of FTP" : "STARTTLS to be offered"
        case .ldap: "STARTTLS to be offered"
        }
    }
}
