package import Documents

/// The documents of Poly VideoOS's REST interface, as far as they came; each by the path it was asked under.
package enum VideoOSStatus {
    package static let system = "/rest/system"
    /// The rest, in the order in which they are asked for.
    package static let further = [
        "/rest/system/status", "/rest/system/sipservers", "/rest/system/h323gatekeepers", "/rest/audio",
        "/rest/audio/microphones", "/rest/conferences",
    ]

    /// Nil when the first document is another one.
    package static func state(_ documents: [String: JSONValue]) -> CodecState? {
        guard let unit = documents[system], unit["softwareVersion"] != nil else { return nil }
        var state = CodecState()
        state.vendor = "Poly"
        state.model = unit["model"]?.text ?? ""
        state.serial = unit["serialNumber"]?.text ?? ""
        state.system = "VideoOS"
        state.version = unit["softwareVersion"]?.text ?? ""
        state.name = unit["systemName"]?.text ?? ""
        state.uptime = unit["uptime"]?.number
        state.isAsleep = unit["state"]?.text.map { $0 == "ASLEEP" }
        let line = unit["lanStatus"]
        if let speed = line?["speedMbps"]?.text {
            state.interfaceSpeed = speed + (line?["duplex"]?.text?.lowercased() ?? "")
        }
        state.isMuted = documents["/rest/audio"]?["muted"]?.bool
        state.activeCalls = documents["/rest/conferences"].map { conferences in
            conferences.elements.count { $0["isActive"]?.bool ?? true }
        }
        let states = statuses(documents["/rest/system/status"])
        state.registrations =
            registrations("SIP", documents["/rest/system/sipservers"], states["sipserver"])
            + registrations("H.323", documents["/rest/system/h323gatekeepers"], states["gatekeeper"])
        if let camera = states["mr.camera"] ?? states["camera"], camera != "off" {
            state.cameras = [.init(name: "Camera", isConnected: isUp(camera))]
        }
        state.microphones = microphones(documents["/rest/audio/microphones"], states["mr.audio"])
        return state
    }

    /// The last part of each name with its state: `sipserver`: `up`.
    private static func statuses(_ document: JSONValue?) -> [String: String] {
        var found: [String: String] = [:]
        for entry in document?.elements ?? [] {
            guard let name = entry["name"]?.text, let state = entry["stateList"]?.elements.first?.text else { continue }
            found[String(name.replacing("system.status.", with: ""))] = state
        }
        return found
    }

    private static func isUp(_ state: String) -> Bool { state == "up" || state == "all_up" }

    private static func registrations(
        _ kind: String, _ servers: JSONValue?, _ state: String?
    ) -> [CodecState.Registration] {
        let found = (servers?.elements ?? []).compactMap { server -> CodecState.Registration? in
            guard let word = server["state"]?.text, word != "OFF" else { return nil }
            return .init(
                kind: kind, name: server["address"]?.text ?? "", isRegistered: word == "UP", status: word, reason: "")
        }
        guard found.isEmpty, let state, state != "off" else { return found }
        return [.init(kind: kind, name: "", isRegistered: isUp(state), status: state, reason: "")]
    }

    private static func microphones(_ document: JSONValue?, _ state: String?) -> [CodecState.Part] {
        let found = (document?.elements ?? []).map { microphone in
            CodecState.Part(
                name: "Microphone \(microphone["number"]?.text ?? "0")",
                isConnected: microphone["state"]?.text?.hasSuffix("GREEN") ?? true,
                model: microphone["typeInString"]?.text ?? "")
        }
        guard found.isEmpty, let state, state != "off" else { return found }
        return [.init(name: "Microphone", isConnected: isUp(state))]
    }
}
