package import Courier
package import Curl
package import Vocabulary

/// Asks an HTTP gateway to send one short message.
package struct SMSChannel: Channel {
    /// What the settings name, opened.
    package struct Credentials: Sendable {
        package var secret: String?
        package var token: String?

        package init(secret: String? = nil, token: String? = nil) {
            self.secret = secret
            self.token = token
        }
    }

    private let sender: HTTPSender
    private let settings: ChannelSettings.SMS
    private let credentials: Credentials

    package init(sender: HTTPSender, settings: ChannelSettings.SMS, credentials: Credentials = Credentials()) {
        self.sender = sender
        self.settings = settings
        self.credentials = credentials
    }

    package func send(_ notification: Notification) async -> Delivery {
        do throws(BodyTemplate.Fault) {
            let request = try request(notification)
            return await sender.send(request) { Self.judge($0, success: settings.success, at: $1) }
        } catch {
            return .refused(problem: error.problem)
        }
    }

    /// As for every HTTP answer; where `success` is set, only an answer that holds it is delivered.
    package static func judge(_ result: TransferResult, success: String?, at now: Instant) -> Delivery {
        let delivery = Delivery.judge(result, at: now)
        guard delivery == .delivered, let success else { return delivery }
        guard !String(decoding: result.body, as: UTF8.self).contains(success) else { return .delivered }
        return .retry(problem: "the gateway's answer does not hold \"\(success)\"\(AnswerWords.of(result))", after: nil)
    }

    private func request(_ notification: Notification) throws(BodyTemplate.Fault) -> Transfer {
        let values = Self.values(
            to: settings.to, text: ShortText(notification).text, id: notification.id,
            secret: credentials.secret)
        var headers: [Header] = []
        if let token = credentials.token { headers.append(Header("Authorization", "Bearer \(token)")) }
        // What is inserted into a URL is escaped as in a form.
        let url = try BodyTemplate(settings.url, form: .form).rendered(values)
        guard let body = settings.body else {
            return Transfer(url, headers: headers, connectTimeout: .seconds(5), timeout: .seconds(30))
        }
        headers.append(Header("Content-Type", settings.bodyType))
        let form = BodyForm(contentType: settings.bodyType) ?? .json
        return Transfer(
            url, method: "POST", headers: headers,
            body: Array(try BodyTemplate(body, form: form).rendered(values).utf8),
            connectTimeout: .seconds(5), timeout: .seconds(30))
    }

    /// What the URL and the body may name.
    package static func values(to: String, text: String, id: Int64, secret: String?) -> TemplateValues {
        TemplateValues([
            "to": .text(to), "text": .text(text), "id": .number(id), "secret": secret.map { .text($0) } ?? .absent,
        ])
    }
}
