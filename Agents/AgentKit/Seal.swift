/// How the kept assignment, which holds secrets, is made unreadable to who has the spool alone.
package struct Seal: Sendable {
    package var seal: @Sendable ([UInt8]) throws -> [UInt8]
    package var open: @Sendable ([UInt8]) throws -> [UInt8]

    package init(
        seal: @escaping @Sendable ([UInt8]) throws -> [UInt8], open: @escaping @Sendable ([UInt8]) throws -> [UInt8]
    ) {
        self.seal = seal
        self.open = open
    }

    /// Leaves bytes as they are.
    package static let none = Seal(seal: { $0 }, open: { $0 })
}
