package import CodecSettings
package import Curl
package import ProbeKit
import ProbeSettings
import ProbeTransfer
import Vocabulary

/// Asks a conference device for its own documents: whether it is registered, what is connected, what it is. It only reads.
///
/// Whether the device can be reached, whether it lets the watch in, and whether what is known of it is of now are three
/// things, told apart in the readings.
package struct CodecProbe: Probe {
    private let engine: CurlEngine
    private let secrets: SecretReading
    private let restraint = DeviceRestraint()
    private let sessions = VideoOSSessions()

    package init(engine: CurlEngine, secrets: @escaping SecretReading) {
        self.engine = engine
        self.secrets = secrets
    }

    package func measure(
        _ target: String, settings: CodecSettings, until deadline: ContinuousClock.Instant
    ) async -> Answer {
        let address: String
        do throws(SettingsError) {
            address = try settings.address(of: target)
        } catch {
            return Answer(.unknown(Reason("bad-target", got: error.problem)))
        }
        let password: String
        switch secrets(settings.secret) {
        case .success(let lines): password = lines.first ?? ""
        case .failure(let refusal): return Answer(.unknown(Reason("no-secret", step: "secret", got: refusal.words)))
        }
        let credentials = CodecCredentials(login: settings.login, password: password)
        let device = CodecConversation(
            engine: engine, origin: "\(settings.scheme.rawValue)://\(address)", credentials: credentials,
            deadline: deadline)
        switch restraint.begin(target, password: credentials.hashValue, at: .now) {
        case .known(let state):
            return Self.answer(.told(state), settings, ["what it said a moment ago"])
        case .busy:
            return Answer(.unknown(Reason("busy", step: "login", got: "another check asks it just now")))
        case .refused(let age):
            // Whether it is there can be seen without a login.
            if let failure = await device.reach() { return Self.answer(.failed(failure), settings, device.trace) }
            let words = "refused \(Int(age.inSeconds / 60)) minutes ago; tried again after an hour"
            return Self.answer(.refused(words), settings, device.trace)
        case .ask:
            let found = await ask(device, settings)
            let ending: DeviceRestraint.Ending =
                switch found {
                case .told(let state): .told(state)
                case .refused: .loginRefused
                case .failed, .strange: .other
                }
            restraint.finish(target, password: credentials.hashValue, ending, at: .now)
            return Self.answer(found, settings, device.trace)
        }
    }

    private func ask(_ device: CodecConversation, _ settings: CodecSettings) async -> CodecFinding {
        switch settings.device {
        case .roomOS: await device.roomOS()
        case .videoOS: await device.videoOS(sessions)
        }
    }

    private static func answer(_ finding: CodecFinding, _ settings: CodecSettings, _ trace: [String]) -> Answer {
        func steps(reachable: Bool, signedIn: Bool, fresh: Bool) -> [Reading] {
            [("codec_reachable", reachable), ("codec_signed_in", signedIn), ("codec_fresh", fresh)].map {
                Reading(Metric($0.0), $0.1 ? 1 : 0)
            }
        }
        switch finding {
        case .told(let state):
            return Answer(
                CodecVerdict.outcome(of: state, settings),
                readings: steps(reachable: true, signedIn: true, fresh: true) + CodecVerdict.readings(state),
                facts: CodecVerdict.facts(state), trace: trace)
        case .refused(let words):
            return Answer(
                .unknown(Reason("login-refused", step: "login", expected: "to be let in", got: words)),
                readings: steps(reachable: true, signedIn: false, fresh: false), trace: trace)
        case .strange(let reason):
            return Answer(
                .down(reason), readings: steps(reachable: true, signedIn: false, fresh: false), trace: trace)
        case .failed(let error):
            return Answer(
                TransferVerdict.outcome(of: error), readings: steps(reachable: false, signedIn: false, fresh: false),
                trace: trace)
        }
    }
}

/// Whom a device lets in.
struct CodecCredentials: Hashable, Sendable {
    var login: String
    var password: String
}

/// What came of asking.
enum CodecFinding: Sendable {
    case told(CodecState)
    /// The login; in words why.
    case refused(String)
    /// It is there, but what it says is not what such a device says.
    case strange(Reason)
    case failed(TransferError)
}
