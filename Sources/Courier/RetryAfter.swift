package import Curl
package import Vocabulary

/// How long a receiver wants to be left alone (RFC 9110, 10.2.3).
package enum RetryAfter {
    /// From `Retry-After`: seconds or a date; nil when there is none, or none that can be read. A day at most.
    package static func span(in headers: [Header], at now: Instant) -> Duration? {
        guard let text = headers.values(of: "Retry-After").first else { return nil }
        if let seconds = Int64(text) { return span(seconds: seconds) }
        return Instant(httpDate: text).map { span(seconds: $0.seconds - now.seconds) }
    }

    package static func span(seconds: Int64) -> Duration {
        .seconds(min(max(seconds, 0), 86_400))
    }
}
