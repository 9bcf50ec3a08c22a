package import Documents

/// The status document of Cisco RoomOS, CE and TC (`/status.xml`), as its schemas of CE 9.15 and RoomOS 11 name it.
package enum RoomOSStatus {
    /// Nil when the document is another one.
    package static func state(_ root: XMLElement) -> CodecState? {
        guard root.name == "Status", let unit = root.first("SystemUnit") else { return nil }
        var state = CodecState()
        state.vendor = "Cisco"
        state.model = unit.text("ProductPlatform") ?? unit.text("ProductId") ?? ""
        state.serial = unit.text("Hardware/Module/SerialNumber") ?? ""
        state.version = unit.text("Software/Version") ?? root.attributes["version"] ?? ""
        state.system = system(unit, state.version)
        state.name = root.text("UserInterface/ContactInfo/Name") ?? unit.text("BroadcastName") ?? ""
        state.uptime = unit.text("Uptime").flatMap(Double.init).flatMap { $0.isFinite ? $0 : nil }
        state.activeCalls = unit.text("State/NumberOfActiveCalls").flatMap { Int($0) }
        state.isAsleep = root.text("Standby/State").map { $0 != "Off" }
        state.isMuted = root.text("Audio/Microphones/Mute").map { $0 == "On" }
        state.temperature = unit.text("Hardware/Monitoring/Temperature/Status").flatMap { word in
            word == "Unknown" ? nil : .init(word: word, isWell: word == "Normal")
        }
        readNetwork(root, &state)
        state.registrations = registrations(root)
        state.cameras = root.all("Cameras/Camera").map { camera in
            part("Camera", camera, isConnected: camera.text("Connected") == "True")
        }
        state.microphones = root.all("Audio/Input/Connectors/Microphone").map { microphone in
            part("Microphone", microphone, isConnected: microphone.text("ConnectionStatus") == "Connected")
        }
        state.displays = displays(root)
        state.peripherals = root.all("Peripherals/ConnectedDevice").map { device in
            CodecState.Part(
                name: device.text("Name") ?? "device", isConnected: device.text("Status") == "Connected",
                model: device.text("Type") ?? "", serial: device.text("SerialNumber") ?? "",
                version: device.text("SoftwareInfo") ?? "")
        }
        state.diagnoses = root.all("Diagnostics/Message").compactMap { message in
            guard let level = message.text("Level"), level != "Info" else { return nil }
            return CodecState.Diagnosis(
                type: message.text("Type") ?? "?", words: message.text("Description") ?? level,
                isError: level == "Error" || level == "Critical")
        }
        return state
    }

    /// The name that goes with the version: CE from version 8 on, RoomOS from 10.
    private static func system(_ unit: XMLElement, _ version: String) -> String {
        if let name = unit.text("Software/DisplayName")?.split(separator: " ").first, name.first?.isLetter == true {
            return String(name)
        }
        return String(version.prefix { $0.isLetter }).uppercased()
    }

    private static func readNetwork(_ root: XMLElement, _ state: inout CodecState) {
        guard let network = root.first("Network") else { return }
        state.hardwareAddress = network.text("Ethernet/MacAddress")?.lowercased() ?? ""
        state.interfaceSpeed = network.text("Ethernet/Speed") ?? ""
        let lldp = network.text("LLDP/SysName") ?? network.text("LLDP/ChassisId")
        state.neighbour = lldp ?? network.text("CDP/SysName") ?? network.text("CDP/DeviceId") ?? ""
        state.neighbourPort = network.text("LLDP/Port/ID") ?? network.text("CDP/PortID") ?? ""
    }

    /// What is switched off, or has never been set up, is none.
    private static func registrations(_ root: XMLElement) -> [CodecState.Registration] {
        var found: [CodecState.Registration] = []
        func add(_ kind: String, _ status: String?, off: Set<String>, name: String?, reason: String?) {
            guard let status, !off.contains(status) else { return }
            found.append(
                .init(
                    kind: kind, name: name ?? "", isRegistered: status == "Registered", status: status,
                    reason: reason ?? ""))
        }
        for registration in root.all("SIP/Registration") {
            add(
                "SIP", registration.text("Status"), off: ["Inactive", "Deregister"], name: registration.text("URI"),
                reason: registration.text("Reason"))
        }
        let gatekeeper = root.first("H323/Gatekeeper")
        add(
            "H.323", gatekeeper?.text("Status"), off: ["Inactive"], name: gatekeeper?.text("Address"),
            reason: gatekeeper?.text("Reason"))
        add("Webex", root.text("Webex/Status"), off: ["Disabled", "Stopped", "Starting"], name: nil, reason: nil)
        return found
    }

    private static func displays(_ root: XMLElement) -> [CodecState.Part] {
        let monitors = root.all("Video/Output/Monitor")
        return root.all("Video/Output/Connector").enumerated().map { place, connector in
            var display = part("Display", connector, isConnected: connector.text("Connected") == "True")
            display.model = connector.text("ConnectedDevice/Name") ?? ""
            // Monitors are counted as connectors are, without those that have none.
            let monitor = monitors.first { $0.attributes["item"] == connector.attributes["item"] }
            display.serial =
                (monitor ?? (monitors.indices.contains(place) ? monitors[place] : nil))?
                .text("SerialNumber") ?? ""
            return display
        }
    }

    private static func part(_ kind: String, _ element: XMLElement, isConnected: Bool) -> CodecState.Part {
        CodecState.Part(
            name: "\(kind) \(element.attributes["item"] ?? "1")", isConnected: isConnected,
            model: element.text("Model") ?? "", serial: element.text("SerialNumber") ?? "",
            version: element.text("SoftwareID") ?? "")
    }
}
