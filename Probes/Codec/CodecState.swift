/// What a conference device says of itself, whoever made it; nil and empty where it says nothing.
package struct CodecState: Hashable, Sendable {
    /// A registration with a registrar, a gatekeeper or a cloud.
    package struct Registration: Hashable, Sendable {
        /// `SIP`, `H.323` or `Webex`.
        package var kind: String
        /// As whom, or where.
        package var name: String
        package var isRegistered: Bool
        /// The device's own word, e.g. `Failed`.
        package var status: String
        package var reason: String
    }

    /// A camera, microphone, display or peripheral.
    package struct Part: Hashable, Sendable {
        package var name: String
        package var isConnected: Bool
        package var model = ""
        package var serial = ""
        package var version = ""
    }

    package struct Temperature: Hashable, Sendable {
        package var word: String
        package var isWell: Bool

        package init(word: String, isWell: Bool) {
            self.word = word
            self.isWell = isWell
        }
    }

    /// A fault that the device has found itself.
    package struct Diagnosis: Hashable, Sendable {
        package var type: String
        package var words: String
        /// Whether it calls that an error rather than a warning.
        package var isError: Bool

        package init(type: String, words: String, isError: Bool) {
            self.type = type
            self.words = words
            self.isError = isError
        }
    }

    package var vendor = ""
    package var model = ""
    package var serial = ""
    package var system = ""
    package var version = ""
    package var name = ""
    package var hardwareAddress = ""
    package var interfaceSpeed = ""
    /// The switch that it hangs on, and the port, as LLDP or CDP says.
    package var neighbour = ""
    package var neighbourPort = ""
    /// Seconds.
    package var uptime: Double?
    package var activeCalls: Int?
    package var isAsleep: Bool?
    package var isMuted: Bool?
    /// In the device's own word, e.g. `Normal`.
    package var temperature: Temperature?
    /// Those that are configured.
    package var registrations: [Registration] = []
    package var cameras: [Part] = []
    package var microphones: [Part] = []
    package var displays: [Part] = []
    package var peripherals: [Part] = []
    package var diagnoses: [Diagnosis] = []

    package init() {}
}
