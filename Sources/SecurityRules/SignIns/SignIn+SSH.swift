extension SignIn {
    /// What a message of sshd, sudo or su says; nil when it is about something else, or says what another line said.
    package init?(_ record: LogRecord) {
        let record = record.unfolded
        switch record.program {
        // sshd hands a connection to programs of these names since OpenSSH 9.8 and 10.
        case "sshd", "sshd-session", "sshd-auth": self.init(ssh: record)
        case "sudo": self.init(local: record, service: .sudo)
        case "su", "su-l": self.init(local: record, service: .su)
        default: return nil
        }
    }

    /// The user name is whatever the other end sent, so a place is looked for from the end of the line.
    private init?(ssh record: LogRecord) {
        var text = ByteText(record.message[...])
        text.skipBlanks()
        _ = text.takeEnd("\r")
        _ = text.takeEnd(" [preauth]")
        _ = text.take("error: ") || text.take("fatal: ")
        if text.take("Failed ") {
            // Offered keys that do not fit are how every client finds the one that does, and `none` is how it asks for
            // the methods there are. What fails through PAM has a line of its own, which comes more reliably.
            guard text.take("password for ") else { return nil }
            _ = text.take("invalid user ") || text.take("illegal user ")
            self.init(.failed, text, record)
        } else if text.take("PAM: ") {
            guard
                text.take("Authentication failure for ")
                    || text.take("User not known to the underlying authentication module for ")
            else { return nil }
            _ = text.take("illegal user ") || text.take("invalid user ")
            self.init(.failed, text, record)
        } else if text.take("Invalid user ") || text.take("Illegal user ") {
            self.init(.refusedName, text, record)
        } else if text.take("User ") {
            guard let (who, _) = text.halves(atLast: " not allowed because ") else { return nil }
            self.init(.refusedName, ByteText(who), record)
        } else if text.take("Accepted ") {
            let method = text.takeWord()
            // Here the name is an account of this machine, and what follows the place may be anybody's words.
            guard text.take(" for "), let user = text.take(upTo: " from "), !user.isEmpty else { return nil }
            let source = text.takeWord()
            guard Self.isPlace(source) else { return nil }
            self.init(
                .ssh, .accepted(method: String(method)), user: String(user), source: String(source),
                process: record.process, count: record.count)
        } else {
            return nil
        }
    }

    /// `NAME from PLACE[ port N][ ssh2]`, where NAME may hold the same words.
    private init?(_ result: Result, _ text: ByteText, _ record: LogRecord) {
        guard let (user, place) = ByteText(" \(text.text)"[...]).halves(atLast: " from ") else { return nil }
        var tail = ByteText(place)
        let source = tail.takeWord()
        guard Self.isPlace(source) else { return nil }
        if tail.take(" port ") { guard tail.takeNumber() != nil else { return nil } }
        _ = tail.take(" ssh2")
        guard tail.isEmpty else { return nil }
        self.init(
            .ssh, result, user: Substring(user.utf8.dropFirst()).clipped(to: 64), source: String(source),
            process: record.process,
            count: record.count)
    }

    /// An address, or a name where sshd looks names up.
    private static func isPlace(_ word: Substring) -> Bool {
        !word.isEmpty && word.utf8.count <= 255
            && word.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "-"),
                    UInt8(ascii: "%"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }
}
