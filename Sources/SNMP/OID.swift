/// An object identifier: arcs in order, e.g. `1.3.6.1.2.1.1.1.0` (X.660; RFC 2578 §3.5: at most 128 arcs below 2³²).
package struct OID: Hashable, Comparable, Sendable, CustomStringConvertible, ExpressibleByArrayLiteral {
    package static let longest = 128

    package var arcs: [UInt32]

    package init(_ arcs: [UInt32]) {
        self.arcs = arcs
    }

    package init(arrayLiteral elements: UInt32...) {
        arcs = elements
    }

    /// Reads `1.3.6.1` or `.1.3.6.1`; nil for anything else.
    package init?(_ text: some StringProtocol) {
        var arcs: [UInt32] = []
        let bare = text.hasPrefix(".") ? text.dropFirst() : text[...]
        for part in bare.split(separator: ".", omittingEmptySubsequences: false) {
            guard let arc = UInt32(part), arcs.count < Self.longest else { return nil }
            arcs.append(arc)
        }
        self.arcs = arcs
    }

    package var count: Int { arcs.count }

    package var description: String { arcs.map(String.init).joined(separator: ".") }

    package static func < (left: OID, right: OID) -> Bool {
        left.arcs.withUnsafeBufferPointer { left in
            right.arcs.withUnsafeBufferPointer { right in left.precedes(right) }
        }
    }

    package static func + (left: OID, right: [UInt32]) -> OID { OID(left.arcs + right) }

    /// Whether this is `root` or lies below it.
    package func isWithin(_ root: OID) -> Bool {
        let count = root.arcs.count
        guard arcs.count >= count else { return false }
        // From the end: OIDs of one device begin alike.
        for index in (0..<count).reversed() where arcs[index] != root.arcs[index] { return false }
        return true
    }

    /// The arcs below `root`; nil when this does not lie within it.
    package func suffix(below root: OID) -> ArraySlice<UInt32>? {
        isWithin(root) ? arcs[root.arcs.count...] : nil
    }

    /// The first OID after everything within this one; nil when there is none.
    package var next: OID? {
        var arcs = arcs
        while let last = arcs.popLast() {
            if last < .max {
                arcs.append(last + 1)
                return OID(arcs)
            }
        }
        return nil
    }
}
