import Foundation

/// Responses that real programs sent: kamailio 5.6.3, baresip 1.0.0.
enum Fixture {
    static let names = [
        "baresip-options-200", "baresip-options-404", "kamailio-options-200", "kamailio-options-404",
        "kamailio-options-483", "kamailio-options-486", "kamailio-options-503", "kamailio-register-200",
        "kamailio-register-401",
    ]

    static func bytes(_ name: String, file: String = #filePath) throws -> [UInt8] {
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
        return [UInt8](try Data(contentsOf: folder.appendingPathComponent("Fixtures/\(name).sip")))
    }
}

extension String {
    /// With the line ends of the wire.
    var wire: [UInt8] { Array(replacing("\n", with: "\r\n").utf8) }
}
