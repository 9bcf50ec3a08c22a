package import Curl
package import Keys
package import Vocabulary

/// Proves to a webhook's receiver that a body is ours and fresh.
package enum WebhookSignature {
    package static let name = "X-Haidang-Signature"

    /// `t=<seconds since 1970>,v1=<hexadecimal HMAC-SHA-256 of "t.body">`.
    package static func header(of body: [UInt8], key: SecretBytes, at now: Instant) throws(KeysError) -> Header {
        let time = String(now.seconds)
        let code = try HMAC.sha256(Array("\(time).".utf8) + body, key: key)
        return Header(name, "t=\(time),v1=\(Hex.encode(code))")
    }
}
