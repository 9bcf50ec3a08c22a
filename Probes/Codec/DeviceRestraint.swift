import Synchronization

/// What keeps a device from being asked too often: one question at a time, no login that was refused within the hour, and
/// one answer for those that come on each other's heels.
package final class DeviceRestraint: Sendable {
    package typealias Moment = ContinuousClock.Instant

    /// Devices lock accounts after a few wrong passwords.
    package static let loginPause = Duration.seconds(3600)
    /// A failure is asked about again several times a second; what the device says of itself does not change so fast.
    package static let freshFor = Duration.seconds(5)

    /// What may be done now.
    package enum Turn: Hashable, Sendable {
        case ask
        /// Somebody else asks it.
        case busy
        /// It has just answered.
        case known(CodecState)
        /// The login was refused so long ago.
        case refused(Duration)
    }

    private struct Device: Sendable {
        var isAsked = false
        var refusal: (password: Int, moment: Moment)?
        var last: (state: CodecState, moment: Moment)?
    }

    private let devices = Mutex<[String: Device]>([:])

    package init() {}

    /// After `ask` a turn ends with `finish`. `password`: a digest of login and password, so that another one is tried.
    package func begin(_ target: String, password: Int, at now: Moment) -> Turn {
        devices.withLock { devices in
            let device = devices[target, default: Device()]
            if let last = device.last, last.moment.duration(to: now) < Self.freshFor { return .known(last.state) }
            if let refusal = device.refusal, refusal.password == password {
                let age = refusal.moment.duration(to: now)
                if age < Self.loginPause { return .refused(age) }
            }
            guard !device.isAsked else { return .busy }
            devices[target, default: Device()].isAsked = true
            return .ask
        }
    }

    package enum Ending: Hashable, Sendable {
        case told(CodecState)
        case loginRefused
        case other
    }

    package func finish(_ target: String, password: Int, _ ending: Ending, at now: Moment) {
        devices.withLock { devices in
            devices[target]?.isAsked = false
            switch ending {
            case .told(let state):
                devices[target]?.last = (state, now)
                devices[target]?.refusal = nil
            case .loginRefused: devices[target]?.refusal = (password, now)
            case .other: break
            }
        }
    }
}
