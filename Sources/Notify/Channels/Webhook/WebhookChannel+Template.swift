package import Courier

extension WebhookChannel {
    /// Writes as the operator's template says, where there is one.
    package init(sender: HTTPSender, settings: WebhookSettings, credentials: Credentials = Credentials()) {
        self.init(sender: sender, settings: settings, credentials: credentials) { notification in
            guard let template = settings.template else { return WebhookBody.encoded(notification) }
            // What `apply` accepted has a form; settings from elsewhere are taken for JSON.
            let form = BodyForm(contentType: settings.contentType) ?? .json
            return Array(try BodyTemplate(template, form: form).rendered(TemplateValues(notification)).utf8)
        }
    }
}
