package import Curl
package import Vocabulary

/// Sends a notification as mail over SMTP.
package struct MailChannel: Channel {
    private let engine: CurlEngine
    private let settings: MailSettings
    private let password: String?
    private let tls: TLSOptions
    private let now: @Sendable () -> Instant

    /// `password` is the opened secret; `tls` says which authorities are trusted.
    package init(
        engine: CurlEngine, settings: MailSettings, password: String?, tls: TLSOptions = TLSOptions(),
        now: @escaping @Sendable () -> Instant
    ) {
        self.engine = engine
        self.settings = settings
        self.password = password
        self.tls = tls
        self.now = now
    }

    package func send(_ notification: Notification) async -> Delivery {
        let message = MailMessage(notification, from: settings.from, to: settings.to, at: now())
        let encryption: Mail.Encryption =
            switch settings.encryption {
            case .required: .required
            case .opportunistic: .opportunistic
            case .none: .none
            }
        let login = settings.user.isEmpty ? nil : Mail.Login(user: settings.user, password: password ?? "")
        var transfer = Transfer(
            mail: Mail(
                from: settings.from, to: settings.to, message: message.bytes, encryption: encryption, login: login),
            through: settings.server, timeout: .seconds(60))
        transfer.tls = tls
        switch await engine.perform(transfer) {
        case .success: return .delivered
        case .failure(let error): return Self.judge(error)
        }
    }

    /// As for every transfer; beyond that a server that says 5xx has refused for good (RFC 5321, 4.2.1).
    package static func judge(_ error: TransferError) -> Delivery {
        if error.kind == .mailRefused, error.message.contains("the server said: 5") {
            return .refused(problem: "\(error)")
        }
        return .judge(error)
    }
}
