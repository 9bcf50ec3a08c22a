import Courier
import Notify

/// The settings of each channel, checked when they are written and not in the night they are needed.
extension ResourceReader {
    func webhook(_ fields: Fields, _ channel: inout Fields) -> ChannelSettings {
        var fields = fields
        var settings = ChannelSettings.Webhook(url: url("url", &fields))
        settings.headers = headers(&fields)
        settings.secret = fields.textIfAny("secret")
        settings.token = fields.textIfAny("token")
        let place = fields
        settings.template = fields.textIfAny("template")
        let form = BodyForm(contentType: settings.contentType)
        if let template = settings.template {
            if let form {
                if let fault = TemplateCheck.fault(of: template, form: form, samples: TemplateValues.samples) {
                    fields.fail("template: \(fault.problem)", at: place.line(fault.line, of: "template"))
                }
            } else {
                fields.fail(Self.noForm("Content-Type", settings.contentType), at: place.line(of: "headers"))
            }
        } else if form != .json {
            fields.fail("Content-Type: what is sent without a template is JSON", at: place.line(of: "headers"))
        }
        fields.finish()
        channel.absorb(fields)
        return .webhook(settings)
    }

    func telegram(_ fields: Fields, _ channel: inout Fields) -> ChannelSettings {
        var fields = fields
        let line = fields.line(of: "chat")
        let chat = fields.text("chat")
        let isName = chat.hasPrefix("@") && chat.count > 1 && !chat.contains(where: \.isWhitespace)
        if Int64(chat) == nil, !isName {
            fields.fail("chat: \"\(chat)\" is neither a chat's number nor the @name of a channel", at: line)
        }
        var settings = ChannelSettings.Telegram(chat: chat, secret: fields.text("secret"))
        let place = fields.line(of: "topic")
        if let topic = fields.textIfAny("topic") {
            settings.topic = Int64(topic)
            if settings.topic == nil { fields.fail("topic: \"\(topic)\" is no number", at: place) }
        }
        settings.server = server("server", &fields)
        fields.finish()
        channel.absorb(fields)
        return .telegram(settings)
    }

    func zaloOA(_ fields: Fields, _ channel: inout Fields) -> ChannelSettings {
        var fields = fields
        let (user, group) = (fields.textIfAny("user"), fields.textIfAny("group"))
        if (user == nil) == (group == nil) { fields.fail("it writes to one user or to one group: say which") }
        var settings = ChannelSettings.ZaloOA(
            to: group.map { .group($0) } ?? .user(user ?? ""), app: fields.text("app"), secret: fields.text("secret"),
            token: fields.text("token"))
        settings.server = server("server", &fields)
        settings.login = server("login", &fields)
        fields.finish()
        channel.absorb(fields)
        return .zaloOA(settings)
    }

    func sms(_ fields: Fields, _ channel: inout Fields) -> ChannelSettings {
        var fields = fields
        let place = fields
        var settings = ChannelSettings.SMS(url: url("url", &fields), to: fields.text("to"))
        let digits = settings.to.hasPrefix("+") ? settings.to.dropFirst() : settings.to[...]
        if !(3...15).contains(digits.count) || !digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            fields.fail(
                "to: \"\(settings.to)\" is no telephone number: digits, with or without a plus",
                at: place.line(of: "to"))
        }
        settings.body = fields.textIfAny("body")
        settings.contentType = fields.textIfAny("contentType")
        settings.secret = fields.textIfAny("secret")
        settings.token = fields.textIfAny("token")
        settings.success = fields.textIfAny("success")
        check(settings, place, &fields)
        fields.finish()
        channel.absorb(fields)
        return .sms(settings)
    }

    private func check(_ settings: ChannelSettings.SMS, _ place: Fields, _ fields: inout Fields) {
        let hostile = SMSChannel.values(to: "+84", text: "\"},{\\\"", id: 1, secret: "\"\\")
        var texts = settings.url
        if let fault = TemplateCheck.fault(of: settings.url, form: .form, samples: [hostile]) {
            fields.fail("url: \(fault.problem)", at: place.line(of: "url"))
        }
        if let body = settings.body {
            texts += body
            if let form = BodyForm(contentType: settings.bodyType) {
                if let fault = TemplateCheck.fault(of: body, form: form, samples: [hostile]) {
                    fields.fail("body: \(fault.problem)", at: place.line(fault.line, of: "body"))
                }
            } else {
                fields.fail(Self.noForm("contentType", settings.bodyType), at: place.line(of: "contentType"))
            }
        } else if settings.contentType != nil {
            fields.fail("contentType: without a body there is nothing of that type", at: place.line(of: "contentType"))
        }
        let uses = { (name: String) in texts.contains("{{\(name)}}") }
        if !uses("to") || !uses("text") {
            fields.fail("neither url nor body says where {{to}} and {{text}} go", at: place.line(of: "url"))
        }
        if (settings.secret != nil) != uses("secret") {
            fields.fail(
                "`secret` names it and {{secret}} says where it goes: one of them is missing",
                at: place.line(of: "secret"))
        }
    }

    private func headers(_ fields: inout Fields) -> [String: String]? {
        guard var inner = fields.fields("headers") else { return nil }
        var headers: [String: String] = [:]
        for (name, line, value) in inner.takeRest() {
            guard let text = value.scalarText else {
                inner.fail("\(name) takes one value", at: line)
                continue
            }
            if let objection = ChannelSettings.Webhook.objection(toHeader: name, text) {
                inner.fail(objection, at: line)
            }
            headers[name] = text
        }
        fields.absorb(inner)
        return headers.isEmpty ? nil : headers
    }

    private func url(_ key: String, _ fields: inout Fields) -> String {
        let line = fields.line(of: key)
        let url = fields.text(key)
        if let objection = WebhookSettings.objection(toURL: url) { fields.fail("\(key): \(objection)", at: line) }
        return url
    }

    /// A server instead of the public one; without a slash at its end.
    private func server(_ key: String, _ fields: inout Fields) -> String? {
        let line = fields.line(of: key)
        guard let url = fields.textIfAny(key) else { return nil }
        if let objection = WebhookSettings.objection(toURL: url) { fields.fail("\(key): \(objection)", at: line) }
        return url.last == "/" ? String(url.dropLast()) : url
    }

    private static func noForm(_ key: String, _ type: String) -> String {
        "\(key): \"\(type)\": templates are written for application/json, application/x-www-form-urlencoded and "
            + "text/plain"
    }
}
