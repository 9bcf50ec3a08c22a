/// Who made an endpoint, by the number that its country gave it (H.225.0: H221NonStandard; T.35).
package struct Manufacturer: Hashable, Sendable, CustomStringConvertible {
    package var country: Int
    package var ext: Int
    package var code: Int

    init(_ reader: inout PERReader) throws(PERFault) {
        // Extended: nothing is read behind it.
        _ = try reader.bit()
        country = try reader.octet()
        ext = try reader.octet()
        code = try reader.twoOctets()
    }

    /// The three numbers, e.g. `181/0/18`.
    package var description: String { "\(country)/\(ext)/\(code)" }

    /// The vendor's present name, as far as it is known. What the product calls itself is better known than numbers.
    package func vendor(of product: String?) -> String? {
        let product = product?.lowercased() ?? ""
        return Self.products.first { product.hasPrefix($0.prefix) }?.vendor
            ?? Self.numbers[[country, ext, code]]
    }

    private static let products: [(prefix: String, vendor: String)] = [
        ("avaya", "Avaya"), ("cisco", "Cisco"), ("gnu gatekeeper", "GNU Gatekeeper"), ("huawei", "Huawei"),
        ("kedacom", "Kedacom"), ("lifesize", "Lifesize"), ("poly", "Poly"), ("sony", "Sony"), ("tandberg", "Cisco"),
        ("viavideo", "Poly"), ("yealink", "Yealink"), ("zte", "ZTE"),
    ]

    /// Of the numbers that are publicly known (as Wireshark's table has them) those of conference gear.
    private static let numbers: [[Int]: String] = [
        [0, 11, 0x2d00]: "Sony", [0x09, 0, 0x3d]: "OpenH323", [0x82, 0, 0x02]: "Ericsson",
        [0xb4, 0, 0xc000]: "Cisco", [0xb5, 0, 0x01]: "Poly", [0xb5, 0, 0x03]: "VTEL", [0xb5, 0, 0x12]: "Cisco",
        [0xb5, 0, 0x15]: "RADVision", [0xb5, 0, 0x28]: "AudioCodes", [0xb5, 0, 0x2331]: "Poly",
        [0xb5, 0, 0x4156]: "Avaya", [0xb5, 0, 0x534c]: "Microsoft",
    ]
}
