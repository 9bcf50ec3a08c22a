import CodecProbe
import Documents
import Foundation
import Testing

/// Documents that were written by hand after the makers' published descriptions.
enum Fixture {
    static func bytes(_ name: String) throws -> [UInt8] {
        let folder = try #require(Bundle.module.resourceURL?.appending(path: "Fixtures"))
        return Array(try Data(contentsOf: folder.appending(path: name)))
    }

    static func roomOS(_ name: String) throws -> CodecState {
        try #require(RoomOSStatus.state(try XMLElement(document: bytes(name))))
    }

    /// By the path under which a device has them.
    static func videoOS() throws -> [String: JSONValue] {
        guard case .object(let documents) = try JSONValue(bytes("videoos.json")) else { return [:] }
        return documents
    }
}
