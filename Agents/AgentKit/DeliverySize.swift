internal import Wire

/// How much goes into one delivery: it shrinks when the collector or something before it refuses, and grows again.
struct DeliverySize: Hashable, Sendable {
    private static let mostBytes = 2 << 20
    private static let fewestBytes = 64 << 10
    private static let mostReports = Limits.reportsPerDelivery / 2

    private var room = mostBytes
    private var most = mostReports
    /// Deliveries still to be sent with one report each, to find the one that spoils them.
    private(set) var alone = 0

    var bytes: Int { room }
    var reports: Int { alone > 0 ? 1 : most }

    /// The delivery was too large.
    mutating func shrink(from reports: Int) {
        room = max(Self.fewestBytes, room / 2)
        most = max(1, reports / 2)
    }

    /// One of so many reports spoils the delivery.
    mutating func isolate(_ reports: Int) {
        alone = max(1, reports)
    }

    mutating func succeeded() {
        if alone > 0 {
            alone -= 1
        } else {
            room = min(Self.mostBytes, room * 2)
            most = min(Self.mostReports, most * 2)
        }
    }
}
