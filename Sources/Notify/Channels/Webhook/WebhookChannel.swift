package import Curl

/// POSTs a notification as JSON.
package struct WebhookChannel: Channel {
    private let engine: CurlEngine
    private let settings: ChannelSettings.Webhook

    package init(engine: CurlEngine, settings: ChannelSettings.Webhook) {
        self.engine = engine
        self.settings = settings
    }

    package func send(_ notification: Notification) async -> Delivery {
        let body: [UInt8]
        do {
            body = try WebhookBody(notification).encoded()
        } catch {
            return .refused(problem: "\(error)")
        }
        var transfer = Transfer(
            settings.url, method: "POST",
            headers: [
                Header("Content-Type", "application/json"), Header("Idempotency-Key", "haidang-\(notification.id)"),
            ], body: body, connectTimeout: .seconds(5), timeout: .seconds(15))
        transfer.bodyLimit = 4096
        switch await engine.perform(transfer) {
        case .failure(let error): return .retry(problem: "\(error)", after: nil)
        case .success(let result): return Self.judge(result)
        }
    }

    /// 2xx is delivered; 408, 429 and 5xx may get better; every other status needs a person.
    package static func judge(_ result: TransferResult) -> Delivery {
        let problem = "the receiver said \(result.status)"
        switch result.status {
        case 200..<300: return .delivered
        case 408, 429, 500..<600:
            let after = result.headers.values(of: "Retry-After").first.flatMap { Int64($0) }
            return .retry(problem: problem, after: after.map { .seconds(min(max($0, 0), 86_400)) })
        default: return .refused(problem: problem)
        }
    }
}
