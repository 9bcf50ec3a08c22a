import AgentKit
import CollectorWatch
import Courier
import ProbeSettings
import Testing

@Suite struct DeadManSettingsTests {
    private func settings(_ text: String, environment: [String: String] = [:]) throws -> DeadManSettings {
        try SettingsFile(text, file: "agent.conf", environment: environment, keys: DeadManSettings.keys)
            .read { reader throws(SettingsError) in try DeadManSettings(from: &reader) }
    }

    @Test func withoutAReceiverThereIsNoDeadMan() throws {
        #expect(try !settings("").isOn)
    }

    @Test func whoIsToldAndWithWhat() throws {
        let read = try settings(
            """
            dead-man-after = 2m
            dead-man-language = en
            dead-man-webhook = https://chat.example/hook
            dead-man-webhook-key-file = /etc/haidang/hook.key
            dead-man-mail-server = smtp://mail.example:587
            dead-man-mail-from = haidang@example.vn
            dead-man-mail-to = on-duty@example.vn, head@example.vn
            dead-man-mail-user = haidang
            """, environment: ["HAIDANG_DEAD_MAN_MAIL_PASSWORD_FILE": "/etc/haidang/mail.password"])
        #expect(read.isOn && read.after == .seconds(120) && read.language == .english)
        #expect(read.webhook?.url == "https://chat.example/hook")
        #expect(read.mail?.to == ["on-duty@example.vn", "head@example.vn"] && read.mail?.encryption == .required)
        #expect(
            read.secretFiles == [
                "dead-man-webhook-key-file": "/etc/haidang/hook.key",
                "dead-man-mail-password-file": "/etc/haidang/mail.password",
            ])
    }

    @Test(arguments: [
        ("dead-man-webhook = ftp://x", "agent.conf:1: dead-man-webhook: \"ftp://x\" is no http or https URL"),
        ("dead-man-webhook =", "agent.conf:1: dead-man-webhook: \"\" is no http"),
        ("dead-man-after = 40s", "agent.conf:1: dead-man-after: neither dead-man-webhook nor dead-man-mail-server"),
        ("dead-man-webhook = http://x/\ndead-man-after = 5s", "agent.conf:2: dead-man-after: \"5s\" is not a span"),
        ("dead-man-webhook = http://x/\ndead-man-language = fr", "agent.conf:2: dead-man-language"),
        ("dead-man-webhook-key-file = /k", "agent.conf:1: dead-man-webhook-key-file: without dead-man-webhook"),
        (
            "dead-man-webhook = http://x/\ndead-man-webhook-token-file = geheim",
            "agent.conf:2: dead-man-webhook-token-file: \"geheim\" is not a path"
        ),
        ("dead-man-mail-to = a@b", "agent.conf:1: dead-man-mail-to: without dead-man-mail-server"),
        ("dead-man-mail-server = mail.example", "agent.conf:1: dead-man-mail-server"),
        ("dead-man-mail-server = smtp://m\ndead-man-mail-from = a@b", "agent.conf: dead-man-mail-to: names nobody"),
        (
            "dead-man-mail-server = smtp://m\ndead-man-mail-from = a@b\ndead-man-mail-to = a@b, nobody",
            "agent.conf:3: dead-man-mail-to: \"nobody\" is no mail address"
        ),
        (
            "dead-man-mail-server = smtp://m\ndead-man-mail-from = a@b\ndead-man-mail-to = a@b\ndead-man-mail-user = u",
            "agent.conf:4: dead-man-mail-user: user and secret go together"
        ),
        ("dead-man-wehbook = http://x/", "agent.conf:1: unknown key \"dead-man-wehbook\""),
    ])
    func whatIsWrongIsSaidWithItsLine(text: String, problem: String) {
        #expect {
            try settings(text)
        } throws: {
            "\($0)".hasPrefix(problem)
        }
    }
}
