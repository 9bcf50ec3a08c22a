extension SignIn {
    /// sudo and su: their own lines tell of success, PAM's of failure. Of one run of sudo PAM tells the first failure
    /// alone, and sudo at its end how many there were.
    init?(local record: LogRecord, service: Service) {
        var text = ByteText(record.message[...])
        text.skipBlanks()
        if text.take("pam_unix(\(service.rawValue):auth): ") || text.take("pam_unix(\(service.rawValue)-l:auth): ") {
            self.init(failure: text, record, service)
        } else if service == .sudo {
            self.init(sudo: text, record)
        } else {
            self.init(su: text, record)
        }
    }

    /// `authentication failure; logname=… uid=… ruser=… user=…`, and at the end `2 more authentication failures; …`.
    private init?(failure text: ByteText, _ record: LogRecord, _ service: Service) {
        var text = text
        var count = 1
        if !text.take("authentication failure; ") {
            guard service == .su, let more = text.takeNumber(), more > 0,
                text.take(" more authentication failures; ") || text.take(" more authentication failure; ")
            else { return nil }
            count = min(more, 1000)
        }
        var fields: [Substring: Substring] = [:]
        for word in text.rest.split(separator: UInt8(ascii: " ")) {
            guard let equals = word.firstIndex(of: UInt8(ascii: "=")) else { continue }
            fields[Substring(word[..<equals])] = Substring(word[word.index(after: equals)...])
        }
        let who = [fields["ruser"], fields["logname"], fields["uid"].map { "uid \($0)" }]
            .compactMap { $0 }.first { !$0.isEmpty }
        guard let who, let user = fields["user"] ?? fields["ruser"] else { return nil }
        self.init(
            service, .failed, user: user.clipped(to: 64), source: who.clipped(to: 64), process: record.process,
            count: count * record.count)
    }

    /// `lan : TTY=pts/0 ; PWD=/home/lan ; USER=root ; COMMAND=/usr/bin/id`; what was refused says so before `TTY=`.
    private init?(sudo text: ByteText, _ record: LogRecord) {
        var text = text
        guard let who = text.take(upTo: " : "), !who.isEmpty else { return nil }
        if let times = text.takeNumber() {
            guard times > 1, text.take(" incorrect password attempts ") else { return nil }
            self.init(
                .sudo, .failed, user: who.clipped(to: 64), source: who.clipped(to: 64), process: record.process,
                count: min(times - 1, 1000))
            return
        }
        guard ["TTY=", "PWD=", "HOST=", "CHROOT=", "USER="].contains(where: { text.rest.starts(with: $0.utf8) }),
            text.halves(atLast: "COMMAND=") != nil
        else { return nil }
        var user: Substring = "root"
        var fields = text
        if fields.take(upTo: "USER=") != nil { user = fields.takeWord() }
        self.init(
            .sudo, .accepted(method: "sudo"), user: user.clipped(to: 64), source: who.clipped(to: 64),
            process: record.process, count: 1)
    }

    /// `(to root) lan on pts/0`.
    private init?(su text: ByteText, _ record: LogRecord) {
        var text = text
        guard text.take("(to "), let user = text.take(upTo: ") "), let (who, _) = text.halves(atLast: " on "),
            !who.isEmpty
        else { return nil }
        self.init(
            .su, .accepted(method: "su"), user: user.clipped(to: 64), source: who.clipped(to: 64),
            process: record.process, count: 1)
    }
}
