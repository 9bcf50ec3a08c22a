import SwiftProtobuf
package import Vocabulary
package import Wire

/// A delivery of an agent, read and checked; what cannot be taken is told apart report by report.
package struct DeliveryReading: Sendable {
    package var stream: UInt64
    package var presence: ProtoPresence?
    package var sound: [(sequence: UInt64, body: [UInt8])]
    package var refused: [(sequence: UInt64, problem: WireError)]

    /// `bytes` is the body after decompression.
    package init(_ bytes: [UInt8]) throws(WireError) {
        let message: ProtoDelivery
        do {
            message = try ProtoDelivery(serializedBytes: bytes)
        } catch {
            throw WireError("delivery", "not a delivery message: \(error)")
        }
        guard message.version == Limits.version else {
            throw WireError("delivery.version", "\(message.version); this collector speaks \(Limits.version)")
        }
        guard message.reports.count <= Limits.reportsPerDelivery else {
            throw WireError("delivery.reports", "\(message.reports.count); at most \(Limits.reportsPerDelivery)")
        }
        stream = message.stream
        presence = message.hasPresence ? message.presence : nil
        sound = []
        refused = []
        for report in message.reports {
            do throws(WireError) {
                // The store counts in 63 bits; no spool ever gets there.
                guard (1...UInt64(Int64.max - 1)).contains(report.sequence) else {
                    throw WireError("sequence", "\(report.sequence) is out of range")
                }
                let body = [UInt8](report.body)
                _ = try Report(decoding: body)
                sound.append((report.sequence, body))
            } catch {
                refused.append((report.sequence, error))
            }
        }
    }

    /// How far the agent's clock is ahead of ours, network delay included; nothing where it did not say.
    package func clockOffset(at received: Instant) -> Duration {
        guard let presence else { return .zero }
        return Instant(microseconds: presence.now) - received
    }
}
