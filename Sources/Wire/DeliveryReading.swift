import SwiftProtobuf
package import Vocabulary

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
        let presenceBytes = message.presence.textSize
        guard presenceBytes <= Limits.presenceBytes else {
            throw WireError("delivery.presence", "\(presenceBytes) bytes; at most \(Limits.presenceBytes)")
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

extension ProtoPresence {
    /// Its texts in bytes: what makes it large, if anything does.
    fileprivate var textSize: Int {
        let spots = blindSpots.reduce(0) { $0 + $1.code.utf8.count + $1.detail.utf8.count + $1.remedy.utf8.count }
        let checks = refusedChecks.reduce(0) { $0 + $1.check.utf8.count + $1.problem.utf8.count }
        return spots + checks + programVersion.utf8.count + hostname.utf8.count + address.utf8.count + 64 * others.count
            + assignmentVersion.utf8.count
            + 16 * (blindSpots.count + refusedChecks.count)
    }
}
