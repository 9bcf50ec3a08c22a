/// The files beside the pages: one stylesheet, one script, the sign.
package enum Static {
    package struct Asset: Hashable, Sendable {
        package let contentType: String
        package let bytes: [UInt8]
        /// With its quotes, as the header carries it; it changes when the bytes do.
        package let etag: String
    }

    /// The file of that name, e.g. `haidang.css`; nil when there is none.
    package static func asset(named name: String) -> Asset? {
        assets[name]
    }

    package static var names: [String] { assets.keys.sorted() }

    /// Where pages find it; the query changes with the bytes, so that it may be cached for good.
    static func address(of name: String) -> String {
        guard let asset = assets[name] else { return "/static/\(name)" }
        return "/static/\(name)?v=\(asset.etag.filter { $0 != "\"" })"
    }

    private static let assets: [String: Asset] = [
        "haidang.css": asset("text/css; charset=utf-8", PackageResources.haidang_css),
        "haidang.js": asset("text/javascript; charset=utf-8", PackageResources.haidang_js),
        "haidang.svg": asset("image/svg+xml", PackageResources.haidang_svg),
    ]

    private static func asset(_ contentType: String, _ bytes: [UInt8]) -> Asset {
        Asset(contentType: contentType, bytes: bytes, etag: "\"\(fingerprint(bytes))\"")
    }

    /// FNV-1a, 64 bits: it tells versions apart and guards nothing.
    private static func fingerprint(_ bytes: [UInt8]) -> String {
        let hash = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return String(hash, radix: 36)
    }
}
