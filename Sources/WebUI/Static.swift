/// The files beside the pages: one stylesheet, one script, the sign.
package enum Static {
    package struct Asset: Hashable, Sendable {
        package let contentType: String
        package let bytes: [UInt8]
        /// With its quotes, as the header carries it; it changes when the bytes do.
        package let etag: String

        package init(contentType: String, bytes: [UInt8]) {
            self.contentType = contentType
            self.bytes = bytes
            etag = "\"\(Static.fingerprint(bytes))\""
        }

        /// Where pages find it under that name; the query changes with the bytes, so that it may be cached for good.
        package func address(_ name: String) -> String {
            "/static/\(name)?v=\(etag.filter { $0 != "\"" })"
        }
    }

    /// The file of that name, e.g. `haidang.css`; nil when there is none.
    package static func asset(named name: String) -> Asset? {
        assets[name]
    }

    package static var names: [String] { assets.keys.sorted() }

    static func address(of name: String) -> String {
        assets[name]?.address(name) ?? "/static/\(name)"
    }

    private static let assets: [String: Asset] = [
        "charts.js": asset("text/javascript; charset=utf-8", PackageResources.charts_js),
        "haidang.css": asset("text/css; charset=utf-8", PackageResources.haidang_css),
        "haidang.js": asset("text/javascript; charset=utf-8", PackageResources.haidang_js),
        "haidang.svg": asset("image/svg+xml", PackageResources.haidang_svg),
    ]

    private static func asset(_ contentType: String, _ bytes: [UInt8]) -> Asset {
        Asset(contentType: contentType, bytes: bytes)
    }

    /// FNV-1a, 64 bits: it tells versions apart and guards nothing.
    private static func fingerprint(_ bytes: [UInt8]) -> String {
        let hash = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return String(hash, radix: 36)
    }
}
