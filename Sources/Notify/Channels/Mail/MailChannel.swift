package import Curl
import Foundation
package import Vocabulary

/// Sends a notification as mail over SMTP.
package struct MailChannel: Channel {
    private let engine: CurlEngine
    private let settings: ChannelSettings.Mail
    private let password: String?
    private let tls: TLSOptions
    private let now: @Sendable () -> Instant

    /// `password` is the opened secret; `tls` says which authorities are trusted.
    package init(
        engine: CurlEngine, settings: ChannelSettings.Mail, password: String?, tls: TLSOptions = TLSOptions(),
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

    /// A login, a key or an address that was refused needs a person; everything else may get better.
    package static func judge(_ error: TransferError) -> Delivery {
        switch error.kind {
        case .loginRefused, .invalid, .noEncryption, .unverified: .refused(problem: "\(error)")
        default: .retry(problem: "\(error)", after: nil)
        }
    }
}
