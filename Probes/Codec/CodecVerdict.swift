package import CodecSettings
import ProbeKit
package import Vocabulary

/// What a device's own word means: a pure function of it and of what is expected.
package enum CodecVerdict {
    package static func outcome(of state: CodecState, _ settings: CodecSettings) -> Outcome {
        troubles(state, settings).first.map { .degraded($0) } ?? .up
    }

    /// The gravest first: who cannot be called, who cannot be seen or heard, what is about to break.
    private static func troubles(_ state: CodecState, _ settings: CodecSettings) -> [Reason] {
        var troubles: [Reason] = []
        let registrations = state.registrations
        if settings.expected.contains(.registration), !registrations.isEmpty,
            !registrations.contains(where: \.isRegistered)
        {
            let said = registrations.map {
                "\($0.kind) \([$0.status, $0.reason].filter { !$0.isEmpty }.joined(separator: ", "))"
            }
            troubles.append(
                Reason(
                    "not-registered", step: "registration", expected: "a registration",
                    got: said.joined(separator: "; ")))
        }
        func miss(_ part: CodecSettings.Part, _ code: String, _ parts: [CodecState.Part], _ expected: String) {
            guard settings.expected.contains(part), !parts.isEmpty, !parts.contains(where: \.isConnected) else {
                return
            }
            troubles.append(Reason(code, step: part.rawValue, expected: expected, got: "none of \(parts.count)"))
        }
        miss(.camera, "camera-missing", state.cameras, "a connected camera")
        miss(.microphone, "microphone-missing", state.microphones, "a connected microphone")
        // A display that sleeps with the device may look as if it were not there.
        if state.isAsleep != true { miss(.display, "display-missing", state.displays, "a connected display") }
        if let temperature = state.temperature, !temperature.isWell {
            troubles.append(
                Reason("component-failed", step: "temperature", expected: "well", got: temperature.word))
        }
        for diagnosis in state.diagnoses
        where diagnosis.isError && !settings.ignoredDiagnostics.contains(diagnosis.type) {
            troubles.append(
                Reason("diagnosis", step: diagnosis.type, expected: "no error of its own", got: diagnosis.words))
        }
        return troubles
    }

    /// How it is, as numbers.
    package static func readings(_ state: CodecState) -> [Reading] {
        var readings: [Reading] = []
        func add(_ name: String, _ value: Double?) {
            if let value { readings.append(Reading(Metric(name), value)) }
        }
        add("codec_uptime_seconds", state.uptime)
        add("codec_active_calls", state.activeCalls.map(Double.init))
        add("codec_asleep", state.isAsleep.map { $0 ? 1 : 0 })
        add("codec_muted", state.isMuted.map { $0 ? 1 : 0 })
        for kind in ["SIP", "H.323", "Webex"] {
            let all = state.registrations.filter { $0.kind == kind }
            guard !all.isEmpty else { continue }
            readings.append(
                Reading(Metric("codec_registered", ["by": kind]), all.contains(where: \.isRegistered) ? 1 : 0))
        }
        for (part, all) in [("camera", state.cameras), ("microphone", state.microphones), ("display", state.displays)]
        where !all.isEmpty {
            readings.append(
                Reading(Metric("codec_connected", ["part": part]), Double(all.count { $0.isConnected })))
        }
        return readings
    }

    /// What it is, and what hangs on it.
    package static func facts(_ state: CodecState) -> [Fact] {
        var facts: [Fact] = []
        func add(_ segments: [String], _ value: String) {
            guard !value.isEmpty else { return }
            let path = segments.map { Fact($0, value: "").path }.joined(separator: "/")
            facts.append(Fact(path: path, value: value))
        }
        add(["hardware", "vendor"], state.vendor)
        add(["hardware", "model"], state.model)
        add(["hardware", "serial"], state.serial)
        add(["os", "name"], state.system)
        add(["os", "version"], state.version)
        add(["codec", "name"], state.name)
        add(["interface", "lan", "mac"], state.hardwareAddress)
        add(["interface", "lan", "link"], state.interfaceSpeed)
        if !state.neighbour.isEmpty { add(["neighbour", "lan", state.neighbour, "port"], state.neighbourPort) }
        for registration in state.registrations where registration.isRegistered {
            add(["codec", "registration", registration.kind], registration.name)
        }
        // Of several with one name each but the first bears its number.
        var counts: [String: Int] = [:]
        for part in state.cameras + state.microphones + state.displays + state.peripherals where part.isConnected {
            let count = counts[part.name, default: 0] + 1
            counts[part.name] = count
            let name = count == 1 ? part.name : "\(part.name)#\(count)"
            add(["part", name, "model"], part.model)
            add(["part", name, "serial"], part.serial)
            add(["part", name, "version"], part.version)
        }
        return facts
    }
}
