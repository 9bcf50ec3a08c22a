import Foundation
import WebUI

/// The library that makes charts zoomable, as the system's package installs it: exactly two files, read at the start.
package struct ChartFiles: Sendable {
    static let script = "dygraph.min.js"
    static let stylesheet = "dygraph.min.css"
    /// Where Debian's libjs-dygraphs puts them.
    package static let folder = "/usr/share/javascript/dygraphs"
    /// Many times what they are: a link that leads to something else must not fill the memory.
    private static let limit = 4 << 20

    let assets: [String: Static.Asset]

    /// nil unless both are there.
    init?(folder: String) {
        var assets: [String: Static.Asset] = [:]
        for (name, type) in [
            (Self.script, "text/javascript; charset=utf-8"), (Self.stylesheet, "text/css; charset=utf-8"),
        ] {
            guard let file = FileManager.default.contents(atPath: "\(folder)/\(name)"), !file.isEmpty,
                file.count <= Self.limit
            else { return nil }
            assets[name] = Static.Asset(contentType: type, bytes: Array(file))
        }
        self.assets = assets
    }

    var library: Viewer.ChartLibrary? {
        guard let script = assets[Self.script], let stylesheet = assets[Self.stylesheet] else { return nil }
        return .init(script: script.address(Self.script), stylesheet: stylesheet.address(Self.stylesheet))
    }
}
