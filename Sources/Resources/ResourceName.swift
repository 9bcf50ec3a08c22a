/// The names that resources go by: they stand in paths, files and metrics alike.
package enum ResourceName {
    package static let rule = "lower-case letters, digits and hyphens, 63 at most"

    package static func isGood(_ name: String) -> Bool {
        name.utf8.count <= 63 && name.first != "-" && name.last != "-"
            && name.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
            }
    }
}
