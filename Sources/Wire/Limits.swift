/// What the collector takes at most; agents stay well below it.
package enum Limits {
    /// The version both sides speak; a higher one is refused by name.
    package static let version: UInt32 = 1
    /// A request body as it comes, compressed.
    package static let compressedBytes = 4 << 20
    /// The same after decompression: a bomb stops here.
    package static let deliveryBytes = 32 << 20
    /// What an agent says of itself.
    package static let presenceBytes = 256 << 10
    package static let reportBytes = 8 << 20
    package static let reportsPerDelivery = 512
    package static let observationsPerReport = 100_000
    package static let readingsPerReport = 1_000_000
    package static let factsPerReport = 200_000
    package static let findingsPerReport = 1000
    package static let pathsPerReport = 1000
    package static let hopsPerPath = 255
    package static let evidencePerFinding = 100
    package static let namesPerReport = 300_000
    /// One name, path or value, in UTF-8.
    package static let textBytes = 64 << 10
}
