import Courier
import Curl
import Keys
import Notify
import Storage
import Vocabulary

/// Makes the channels of a route ready to send, their secrets opened at the last moment.
struct Channels: Sendable {
    private let curl: CurlEngine
    private let sender: HTTPSender
    private let safe: SecretSafe
    private let zalo: ZaloTokens
    private let now: @Sendable () -> Instant

    init(curl: CurlEngine, safe: SecretSafe, now: @escaping @Sendable () -> Instant) {
        self.curl = curl
        self.safe = safe
        self.now = now
        sender = HTTPSender(engine: curl, now: now)
        zalo = ZaloTokens(
            sender: sender, safe: .init(read: { try await safe.read($0) }, write: { try await safe.write($0, $1) }))
    }

    func open(_ route: RouteStore.Route) throws -> OpenedRoute {
        let channels = try RouteChannels(json: route.channel)
        return OpenedRoute(
            first: way(channels.first), second: channels.fallback.map(way), quiet: channels.quiet,
            folds: channels.all.allSatisfy(\.isForPeople))
    }

    private func way(_ settings: ChannelSettings) -> OpenedRoute.Way {
        OpenedRoute.Way(kind: settings.kind) {
            // What the record of a message shows must not hold what a receiver quoted.
            var opened: [String] = []
            for name in settings.secrets { opened.append(try await safe.read(name)) }
            return DiscreetChannel(try await channel(settings), secrets: opened)
        }
    }

    private func channel(_ settings: ChannelSettings) async throws -> any Channel {
        switch settings {
        case .webhook(let webhook):
            return WebhookChannel(
                sender: sender, settings: webhook,
                credentials: .init(key: try await key(webhook.secret), token: try await secret(webhook.token)))
        case .mail(let mail):
            let password = try await secret(mail.secret.isEmpty ? nil : mail.secret)
            return MailChannel(engine: curl, settings: mail, password: password, now: now)
        case .telegram(let telegram):
            return TelegramChannel(
                sender: sender, settings: telegram, token: try await safe.read(telegram.secret))
        case .zaloOA(let account):
            return ZaloOAChannel(sender: sender, settings: account, tokens: zalo)
        case .sms(let sms):
            return SMSChannel(
                sender: sender, settings: sms,
                credentials: .init(secret: try await secret(sms.secret), token: try await secret(sms.token)))
        }
    }

    private func secret(_ name: String?) async throws -> String? {
        guard let name else { return nil }
        return try await safe.read(name)
    }

    private func key(_ name: String?) async throws -> SecretBytes? {
        guard var bytes = try await secret(name).map({ Array($0.utf8) }) else { return nil }
        return SecretBytes(wiping: &bytes)
    }
}
