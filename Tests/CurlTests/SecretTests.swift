import Curl
import Testing

@Suite struct SecretTests {
    private let secret = "hush-1234"

    private func texts(_ value: Any) -> String {
        var text = "\(value) \(String(reflecting: value)) "
        dump(value, to: &text)
        return text
    }

    @Test func noDescriptionOfATransferHoldsASecret() {
        var transfer = Transfer(
            "https://user:\(secret)@web-1.example/path?token=\(secret)#\(secret)",
            headers: [Header("Authorization", "Bearer \(secret)")], body: Array(secret.utf8), timeout: .seconds(1))
        transfer.tls.identity = ClientIdentity(certificate: [1], key: Array(secret.utf8))
        transfer.mail = Mail(
            from: "a@example", to: ["b@example"], message: Array(secret.utf8),
            login: Mail.Login(user: "user", password: secret))
        let shown = texts(transfer) + texts(transfer.tls) + texts(transfer.mail as Any)
        #expect(!shown.contains(secret))
        #expect(!shown.contains("104, 117, 115, 104") || shown.contains("message"))
        #expect(transfer.description == "mail https://web-1.example/path")
    }

    @Test(arguments: [
        ("https://a@b@c/d", "https://c/d"), ("http://[2001:db8::1]:80/x", "http://[2001:db8::1]:80/x"),
        ("nonsense", "nonsense"), ("x@y", "x"), ("http://u:p@h?q@r", "http://h"),
    ])
    func theURLIsShownWithoutUserAndQuery(url: String, shown: String) {
        #expect(Transfer(url, timeout: .seconds(1)).description == "GET \(shown)")
    }
}
