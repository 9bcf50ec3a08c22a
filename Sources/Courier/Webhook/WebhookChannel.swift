import Curl
package import Keys
import Vocabulary

/// POSTs a notification, signed where there is a key.
package struct WebhookChannel: Channel {
    /// What the settings name, opened.
    package struct Credentials: Sendable {
        package var key: SecretBytes?
        package var token: String?

        package init(key: SecretBytes? = nil, token: String? = nil) {
            self.key = key
            self.token = token
        }
    }

    private let sender: HTTPSender
    private let settings: WebhookSettings
    private let credentials: Credentials
    private let write: @Sendable (Notification) throws -> [UInt8]

    /// `write` makes the body: `WebhookBody.encoded`, or whoever knows templates.
    package init(
        sender: HTTPSender, settings: WebhookSettings, credentials: Credentials = Credentials(),
        write: @escaping @Sendable (Notification) throws -> [UInt8]
    ) {
        self.sender = sender
        self.settings = settings
        self.credentials = credentials
        self.write = write
    }

    package func send(_ notification: Notification) async -> Delivery {
        do {
            return await sender.send(try request(notification)) { .judge($0, at: $1) }
        } catch {
            return .refused(problem: "\(error)")
        }
    }

    private func request(_ notification: Notification) throws -> Transfer {
        let body = try write(notification)
        var headers = [
            Header("Content-Type", settings.contentType), Header("Idempotency-Key", "haidang-\(notification.id)"),
        ]
        for (name, value) in (settings.headers ?? [:]).sorted(by: { $0.key < $1.key })
        where name.lowercased() != "content-type" {
            headers.append(Header(name, value))
        }
        if let token = credentials.token { headers.append(Header("Authorization", "Bearer \(token)")) }
        if let key = credentials.key {
            headers.append(try WebhookSignature.header(of: body, key: key, at: sender.now()))
        }
        return Transfer(
            settings.url, method: "POST", headers: headers, body: body, connectTimeout: .seconds(5),
            timeout: .seconds(15))
    }
}
