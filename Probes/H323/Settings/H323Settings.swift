package import ProbeSettings
package import Vocabulary

/// What may be set on an `h323` check; its target is a device or a gatekeeper, with a port where that is not the usual
/// one.
package struct H323Settings: ProbeSettings {
    package static let kind: ProbeKind = "h323"
    package static let pace = Pace(every: .seconds(10), within: .seconds(4))

    package enum Method: String, CaseIterable, Sendable {
        /// Asks a device by STATUS ENQUIRY on its call signalling port: nothing rings.
        case status
        /// Asks whether a gatekeeper is there (RAS, GRQ).
        case gatekeeper
        /// Asks a gatekeeper where an alias is registered (RAS, LRQ).
        case registration
    }

    /// What a device that accepts the connection and says nothing to STATUS ENQUIRY is.
    package enum Silence: String, CaseIterable, Sendable {
        case degraded, up
    }

    package var method: Method
    package var alias: H323Alias?
    /// Whether a device that is silent to STATUS ENQUIRY may be asked with SETUP, which its call log shows and an
    /// auto-answering room may take for a call.
    package var allowsSetup: Bool
    package var silence: Silence
    package var family: TargetFamily
    /// Degraded when the answer takes longer.
    package var slow: Duration?

    package static func validate(target: String) throws(SettingsError) {
        _ = try HostPort(target, defaultPort: 1720)
    }

    /// 1720 for call signalling, 1719 for RAS (H.225.0, Appendix IV).
    package var defaultPort: UInt16 { method == .status ? 1720 : 1719 }

    package init(from reader: inout SettingsReader) throws(SettingsError) {
        method = try reader.choice("method", default: .status)
        alias = try reader.text("alias").map { text throws(SettingsError) in try H323Alias(text) }
        allowsSetup = try reader.flag("setup", default: false)
        silence = try reader.choice("silence", default: .degraded)
        family = try reader.choice("family", default: .any)
        slow =
            switch try reader.duration("slow", in: .zero ... .seconds(60), default: .zero) {
            case .zero: nil
            case let span: span
            }
        guard method != .registration || alias != nil else {
            throw SettingsError(key: "alias", problem: "is missing: registration asks for one")
        }
        guard method == .status || !allowsSetup else {
            throw SettingsError(key: "setup", problem: "is for devices; a gatekeeper is asked by RAS")
        }
        guard method == .status || family != .ipv6 else {
            throw SettingsError(key: "family", problem: "RAS is asked by IPv4 only")
        }
    }
}
