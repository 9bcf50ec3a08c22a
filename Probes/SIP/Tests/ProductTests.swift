import SIPProbe
import Testing

@Suite struct ProductTests {
    /// Of kamailio, baresip and linphone as they were heard; the others in the form that scanners have recorded.
    @Test(
        arguments: [
            ("kamailio (5.6.3 (x86_64/linux))", "Kamailio", "kamailio", "5.6.3"),
            ("baresip v1.0.0 (x86_64/linux)", "baresip", "baresip", "1.0.0"),
            ("TANDBERG/518 (TC7.3.6.5dd1d0d)", "Cisco", "TANDBERG/518", "TC7.3.6.5dd1d0d"),
            ("TANDBERG/4102 (X7.0.2)", "Cisco", "TANDBERG/4102", "X7.0.2"),
            ("Polycom HDX 7000 HD (Release - 3.0.5-22695)", "Poly", "Polycom HDX 7000 HD", "3.0.5-22695"),
            ("PolycomRealPresenceGroup500/6.2.2", "Poly", "PolycomRealPresenceGroup500", "6.2.2"),
            ("PolycomVVX-VVX_411-UA/5.9.0.9373", "Poly", "PolycomVVX-VVX_411-UA", "5.9.0.9373"),
            ("Cisco-SIPGateway/IOS-15.4.3.M", "Cisco", "Cisco-SIPGateway", "IOS-15.4.3.M"),
            ("Cisco-CUCM11.5", "Cisco", "Cisco-CUCM11.5", nil),
            ("Yealink SIP-T46G 28.81.0.25", "Yealink", "Yealink SIP-T46G", "28.81.0.25"),
            ("snom760/8.7.5.35", "snom", "snom760", "8.7.5.35"),
            ("Asterisk PBX 13.18.3", "Asterisk", "Asterisk PBX", "13.18.3"),
            ("FPBX-14.0.1(13.18.3)", "FreePBX", "FPBX-14.0.1", "13.18.3"),
            ("FreeSWITCH-mod_sofia/1.10.7", "FreeSWITCH", "FreeSWITCH-mod_sofia", "1.10.7"),
            ("Mitel SIP-DECT (SW-Version=6.1)", "Mitel", "Mitel SIP-DECT", "6.1"),
            (
                "Audiocodes-Sip-Gateway-Mediant 1000/v.6.60A", "AudioCodes", "Audiocodes-Sip-Gateway-Mediant 1000",
                "6.60A"
            ),
            ("Something", nil, "Something", nil),
        ] as [(String, String?, String, String?)])
    func aProductIsRead(text: String, vendor: String?, name: String, version: String?) throws {
        let product = try #require(Product(text))
        #expect(product.vendor == vendor && product.name == name && product.version == version, "\(product)")
    }

    @Test(arguments: ["", " ", "/", "(", "(1.0)", "\u{7f}", "-"]) func nothingIsNoProduct(text: String) {
        #expect(Product(text) == nil)
    }
}
