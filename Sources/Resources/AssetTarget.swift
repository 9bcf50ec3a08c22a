import HTTPSettings
import ICMPSettings
package import Inventory
package import ProbeSettings
import PrometheusSettings
import TCPSettings

/// Whether an asset of a class can be asked under an address or URL; without a class only the form is judged.
package enum AssetTarget {
    package static func validate(address: String, for assetClass: AssetClass?) throws(SettingsError) {
        let ways = assetClass?.ways ?? [.host, .port]
        if ways.contains(.port), DeclaredChecks.namesPort(address) {
            try TCPSettings.validate(target: address)
        } else if ways.contains(.host) {
            try ICMPSettings.validate(target: address)
        } else {
            throw SettingsError(key: "address", problem: "an asset of class \(assetClass?.name ?? "?") takes none")
        }
    }

    package static func validate(exporter: String, for assetClass: AssetClass?) throws(SettingsError) {
        guard assetClass?.ways.contains(.host) != false else {
            throw SettingsError(key: "exporter", problem: "an asset of class \(assetClass?.name ?? "?") has none")
        }
        try PrometheusSettings.validate(target: exporter)
    }

    package static func validate(url: String, for assetClass: AssetClass?) throws(SettingsError) {
        guard assetClass?.ways.contains(.url) != false else {
            throw SettingsError(key: "url", problem: "an asset of class \(assetClass?.name ?? "?") takes none")
        }
        try HTTPSettings.validate(target: url)
    }
}
