package import ProbeSettings
package import Vocabulary

/// Whether a line that answers does so well enough: by what it loses, how long it takes and how much that varies.
package struct Quality: Hashable, Sendable {
    private let tolerances: Tolerances
    private var loss: LossTest
    private var latency = Gauge(.times)
    private var jitter = Gauge(.times)
    /// Smoothed as TCP does (RFC 6298): an eighth of the newest.
    private var usual: Double?
    /// Smoothed as RTP does (RFC 3550, 6.4.1): a sixteenth of the newest difference.
    private var variation = 0.0
    private var last: Double?

    package init(_ tolerances: Tolerances) {
        self.tolerances = tolerances
        loss = LossTest(tolerated: tolerances.loss)
    }

    /// Takes a scheduled reply of a target that is up.
    package mutating func take(_ reply: Reply) {
        loss.take(isLost: reply.outcome.isSilence)
        guard let time = reply.roundTrip?.inSeconds else { return }
        usual = (usual ?? time) + (time - (usual ?? time)) / 8
        if let last { variation += (abs(time - last) - variation) / 16 }
        last = time
        if let limit = tolerances.latency?.inSeconds {
            latency.take(beyond: time > limit, nearly: time > 0.8 * limit)
        }
        if let limit = tolerances.jitter?.inSeconds {
            jitter.take(beyond: variation > limit, nearly: variation > 0.8 * limit)
        }
    }

    /// Why it is not good enough; the gravest first.
    package var reason: Reason? {
        if loss.isOn {
            return Reason(
                "packet-loss", expected: "\(percent(tolerances.loss)) lost at most",
                got: "\(loss.count) of \(LossTest.window) lost")
        }
        if latency.isOn, let limit = tolerances.latency {
            return Reason(
                "high-latency", expected: "at most \(limit.wholeMicroseconds / 1000) ms", got: milliseconds(usual ?? 0))
        }
        if jitter.isOn, let limit = tolerances.jitter {
            return Reason(
                "high-jitter", expected: "at most \(limit.wholeMicroseconds / 1000) ms", got: milliseconds(variation))
        }
        return nil
    }

    private func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
    private func milliseconds(_ seconds: Double) -> String { "\(Int((seconds * 1000).rounded())) ms" }
}
