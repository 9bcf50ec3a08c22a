/// Bytes as the reference writes them: blanks and bars are passed over.
func hex(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var high: Int?
    for character in text {
        guard let digit = character.hexDigitValue else { continue }
        if let first = high {
            bytes.append(UInt8(first << 4 | digit))
            high = nil
        } else {
            high = digit
        }
    }
    return bytes
}

/// Answers that real stacks gave, byte for byte.
enum Recorded {
    /// GnuGk 5.15 to STATUS ENQUIRY.
    static let gnugkRelease = hex("0300001a 08020000 5a 7e000e 05 2540060008914a0002 58 14 01 00")
    /// A Cisco device and a Polycom ViewStation to a payload that is none (Debian's nmap-common).
    static let ciscoStatus = hex("03000010 08028000 7d 080280e2 140100")
    static let polycomStatus =
        hex("03000030 08020000 7d 080280e2 140100 7e001d 05 08201900060008914a0005 00 00000000000000000000000000000000")
    /// GnuGk to SETUP for nobody.
    static let gnugkRefusal = hex(
        "03000031080292345a080280947e0021052580060008914a0002011100000102030405060708090a0b0c0d0e0f02800100")
    /// ooh323c to SETUP.
    static let ooh323cProceeding = hex(
        "030000540802923402280b6f626a73797363616c6c007e003b052180060008914a000422c0b5000036056f626a7379730576302e392e34"
            + "0110c01100000102030405060708090a0b0c0d0e0f0100010010800180")
    /// GnuGk to GRQ; GnuGk 2.3.2 and Cisco Unified Communications Manager (Debian's nmap-common).
    static let gnugkConfirm = hex("04800000060008914a00050a00540065007300740047004b007f00000106b7")
    static let gnugkOldConfirm = hex("048003e7 00 10 0044004500550043004f0053005200560033 00 0a080103 06b7")
    static let ciscoConfirm = hex(
        "068003e7 06 0008914a0005 12 0047004100540045004b00450045005000450052 00 0a080103 06b7")
    /// GnuGk to LRQ of somebody whom it does not know.
    static let gnugkDenial = hex("500001800100")
}
