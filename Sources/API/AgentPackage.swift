import Foundation
import Keys
package import NIOCore
import Synchronization

/// The agent's Debian package for machines like this one, that the collector hands out; it may come, go and change
/// while the collector runs.
package final class AgentPackage: Sendable {
    package struct File: Sendable {
        package var bytes: ByteBuffer
        /// In hexadecimal.
        package var sha256: String
    }

    /// Where the collector serves it.
    package static let path = "install/haidang-agent.deb"

    private struct Kept {
        var changed: Date
        var size: Int
        var file: File
    }

    private let path: String
    private let kept = Mutex<Kept?>(nil)

    package init(folder: String) {
        path = "\(folder)/haidang-agent_\(Self.architecture).deb"
    }

    /// The package as it lies there now; nil when there is none.
    package func file() throws -> File? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        let (changed, size) = (attributes[.modificationDate] as? Date, attributes[.size] as? Int)
        return try kept.withLock { kept in
            if let kept, kept.changed == changed, kept.size == size { return kept.file }
            let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
            let file = File(bytes: ByteBuffer(bytes: bytes), sha256: Hex.encode(try Digest.sha256(bytes)))
            if let changed { kept = Kept(changed: changed, size: bytes.count, file: file) }
            return file
        }
    }

    /// As Debian names it.
    private static var architecture: String {
        #if arch(arm64)
        "arm64"
        #else
        "amd64"
        #endif
    }
}
