package import Keys
package import Vocabulary

/// How long an agent's certificate lasts and when the next one is due.
package enum AgentLease {
    /// From the moment of issue.
    package static let validity = Duration.seconds(90 * 86_400)
    /// Renewal is due when less than this is left: 60 days after the issue.
    package static let margin = Duration.seconds(30 * 86_400)
    /// Certificates begin this much before their issue, for agents whose clock is slow.
    package static let clockTolerance = Duration.seconds(3600)

    package static func isRenewalDue(_ certificate: Certificate, at time: Instant) -> Bool {
        time >= certificate.notAfter - margin
    }

    /// How long to wait before the next look at whether renewal is due, or the next attempt after one that failed.
    ///
    /// At least hourly, because wall clocks jump; after a failure more often as the end comes near.
    package static func pause(before certificate: Certificate, at time: Instant, hasFailed: Bool) -> Duration {
        let left = hasFailed ? (certificate.notAfter - time) / 20 : certificate.notAfter - margin - time
        return min(max(left, hasFailed ? .seconds(300) : .seconds(1)), .seconds(3600))
    }
}
