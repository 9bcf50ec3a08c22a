internal import ProcFS

/// How to read what manufacturers left in SMBIOS (DMTF DSP0134).
package enum Firmware {
    /// Nil for what boards carry that nobody filled in: `To Be Filled By O.E.M.` is no serial number.
    package static func meaningful(_ text: String) -> String? {
        let value = text.trimmed
        let folded = value.lowercased()
        let isBlank = folded.allSatisfy { $0 == "0" || $0 == " " || $0 == "." || $0 == "-" || $0 == "x" }
        return isBlank || fillers.contains(folded) ? nil : value
    }

    private static let fillers: Set<String> = [
        "to be filled by o.e.m.", "to be filled by o.e.m", "default string", "not specified", "not applicable",
        "not available", "system manufacturer", "system product name", "system version", "system serial number",
        "base board manufacturer", "base board product name", "chassis manufacture", "none", "n/a", "na", "o.e.m.",
        "oem", "unknown", "undefined", "empty", "invalid", "123456789", "0123456789",
    ]

    /// The word for a chassis type (section 7.4.1), the number where there is none.
    package static func chassis(_ number: String) -> String {
        switch number {
        case "3", "4", "5", "6", "7", "13", "15", "16", "24", "35", "36": "desktop"
        case "8", "9", "10", "14", "31", "32": "laptop"
        case "11": "handheld"
        case "30": "tablet"
        case "17", "23": "server"
        case "28", "29": "blade"
        case "33", "34": "embedded"
        case "1", "2": "other"
        default: number
        }
    }
}
