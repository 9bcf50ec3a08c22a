import Glibc
package import ProbeKit
import ProbeSettings
import ProbeSockets
package import Sockets
package import TCPSettings
import Vocabulary

/// Opens a TCP connection and closes it again.
package struct TCPProbe: Probe {
    private let poller: Poller
    private let resolver: any Resolver

    package init(poller: Poller, resolver: any Resolver) {
        self.poller = poller
        self.resolver = resolver
    }

    package func measure(
        _ target: String, settings: TCPSettings, until deadline: ContinuousClock.Instant
    ) async -> Answer {
        let wanted: HostPort
        do throws(SettingsError) {
            wanted = try HostPort(target)
        } catch {
            return Answer(.unknown(Reason("bad-target", got: error.problem)))
        }
        let begin = ContinuousClock.now
        let addresses: [SocketAddress]
        do throws(ResolveError) {
            addresses = try await resolver.resolve(wanted.host, family: settings.family.addressFamily, until: deadline)
        } catch {
            return Answer(.unknown(error.reason))
        }
        // One address a run: who wants to know of both families makes two checks.
        guard var address = addresses.first else {
            return Answer(.unknown(ResolveError.notFound("no address").reason))
        }
        address.port = wanted.port
        let resolved = ContinuousClock.now
        var readings = [Reading(Metric("tcp_phase_seconds", ["phase": "resolve"]), (resolved - begin).inSeconds)]
        let (outcome, connected) = await connect(to: address, until: deadline)
        if outcome == .up {
            readings.append(
                Reading(Metric("tcp_phase_seconds", ["phase": "connect"]), (connected - resolved).inSeconds))
        }
        let words = outcome.reason?.description ?? "connected"
        return Answer(outcome, readings: readings, trace: ["connect to \(address): \(words)"])
    }

    /// The outcome, and when it was there.
    private func connect(
        to address: SocketAddress, until deadline: ContinuousClock.Instant
    ) async -> (Outcome, ContinuousClock.Instant) {
        do throws(SystemError) {
            let socket = try Descriptor(socket: address.family.systemNumber, type: SOCK_STREAM)
            return await connect(socket, to: address, until: deadline)
        } catch {
            return (TCPVerdict.outcome(ofRefusal: error), .now)
        }
    }

    private func connect(
        _ socket: consuming Descriptor, to address: SocketAddress, until deadline: ContinuousClock.Instant
    ) async -> (Outcome, ContinuousClock.Instant) {
        let number = socket.number
        let result = address.withSystemAddress { Glibc.connect(number, $0, $1) }
        if result != 0 {
            let refusal = SystemError.last("connect")
            guard refusal.code == EINPROGRESS else { return (TCPVerdict.outcome(ofRefusal: refusal), .now) }
            switch await poller.wait(for: .writable, of: socket, until: deadline) {
            case .ready: break
            case .expired: return (TCPVerdict.silence, .now)
            case .cancelled: return (.unknown(Reason("cancelled", step: "connect")), .now)
            case .closed: return (.unknown(Reason("stopping", step: "connect")), .now)
            case .refused(let error): return (TCPVerdict.outcome(ofRefusal: error), .now)
            }
        }
        let moment = ContinuousClock.now
        var code: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        if getsockopt(socket.number, SOL_SOCKET, SO_ERROR, &code, &length) != 0 { code = errno }
        guard code == 0 else { return (TCPVerdict.outcome(ofError: SystemError("connect", code: code)), moment) }
        guard !socket.isBound(to: address) else { return (TCPVerdict.mirror, moment) }
        poller.closeGently(socket)
        return (.up, moment)
    }
}

extension Descriptor {
    /// A socket that cannot say is not.
    fileprivate borrowing func isBound(to address: SocketAddress) -> Bool {
        do throws(SystemError) {
            return try localAddress() == address
        } catch {
            return false
        }
    }
}
