import Conferences

extension Words {
    static let englishConference = ConferenceWords(
        title: "Conference", searchHint: "Site, unit, whom to call", verdicts: "Sites by readiness", levels: "Levels",
        legend: "Signs", gates: "Trouble with", anyGate: "anything", noneMatch: "No site matches.",
        none: "There are no sites yet.", everywhere: "Every level",
        headline: { "\($0) of \($1) ready" }, share: { "\($0)/\($1)" },
        troubled: { "\($0): sites with trouble there: \($1)" },
        verdict: { verdict in
            switch verdict {
            case .down: "Cannot join"
            case .degraded: "Impaired"
            case .unknown: "Unknown"
            case .maintenance: "Maintenance"
            case .notWatched: "Not watched"
            case .outsideHours: "Outside hours"
            case .ready: "Ready"
            }
        },
        gate: { gate in
            switch gate {
            case .line: "Line"
            case .codec: "Codec"
            case .signalling: "SIP/H.323"
            case .registration: "Registration"
            case .certificate: "Certificate"
            case .hours: "Hours"
            }
        },
        state: { state in
            switch state {
            case .ok: "In order"
            case .degraded: "Impaired"
            case .down: "Down"
            case .unknown: "Unknown"
            case .behind: "Behind what is down"
            case .maintenance: "Maintenance"
            case .outsideHours: "Outside hours"
            case .notWatched: "Not watched"
            }
        }, trouble: englishTrouble,
        expired: { "The certificate expired on \($0): encrypted calls may be refused" },
        expires: { "The certificate ends on \($0): it has to be renewed" },
        takesAlong: { "\($0) has failed: \($1) with it" },
        cutOff: { name, others in
            switch others {
            case 0: "Cut off: \(name) is down"
            case 1: "Cut off with 1 other site: \(name) is down"
            default: "Cut off with \(others) other sites: \(name) is down"
            }
        },
        impaired: { name, others in
            switch others {
            case 0: "The line is poor, as \(name) is"
            case 1: "The line is poor, as \(name) is; so has 1 other site"
            default: "The line is poor, as \(name) is; so have \(others) other sites"
            }
        })

    private static func englishTrouble(_ trouble: KnownTrouble) -> String {
        switch trouble {
        case .lineCut: "The line is cut: the site cannot be reached"
        case .lineSilent: "Nothing answers at the site: no power, or the line is cut"
        case .lineHalf: "Part of the line does not answer; the site can still be reached"
        case .lineLossy: "The line loses packets: picture and sound break up"
        case .lineSlow: "The line is slow: picture and sound come late"
        case .lineUnsteady: "The line is unsteady: sound may break up"
        case .lineLargePackets: "Large packets do not get through: calls may have no picture"
        case .lineFlaps: "The line comes and goes"
        case .codecSilent: "The codec does not answer: switched off or unplugged"
        case .codecHalf: "The codec is on but answers only in part: restarting it may help"
        case .codecFlaps: "The codec comes and goes"
        case .cameraMissing: "No camera is connected: others cannot see the room"
        case .microphoneMissing: "No microphone is connected: others cannot hear the room"
        case .displayMissing: "No display is connected: the room cannot see the others"
        case .callsHang: "The codec is on but takes no calls: it hangs and wants restarting"
        case .callsRefused: "The codec is on, but its calling is switched off"
        case .callsStopped: "The codec says that it is overloaded or takes no calls now"
        case .callsSlow: "The codec answers calls slowly"
        case .callsNobody: "Something other than a codec answers where calls go"
        case .notRegistered: "Not registered with the conference server: others cannot call it"
        case .registrarAway: "The server for registrations cannot be reached"
        case .registrationRefused: "The server does not let this codec register"
        case .certificateName: "The certificate is for another name"
        case .certificateUntrusted: "The certificate is not trusted"
        case .agentSilent: "Nobody knows: the agent that watches it is silent"
        case .notYetAsked: "It has not been asked yet"
        case .noPassword: "Nobody knows: the password to ask the codec with is missing"
        case .passwordRefused: "Nobody knows: the codec refuses the password of the watch"
        }
    }
}
