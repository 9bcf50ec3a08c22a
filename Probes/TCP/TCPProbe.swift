package import ProbeKit
import ProbeSettings
import ProbeSockets
package import Sockets
package import TCPSettings
import Vocabulary

/// Opens a TCP connection, talks over it where that is wanted, and closes it again.
package struct TCPProbe: Probe {
    private let poller: Poller
    private let resolver: any Resolver

    package init(poller: Poller, resolver: any Resolver) {
        self.poller = poller
        self.resolver = resolver
    }

    /// What is read may have to match an expression, which can take long.
    package func executor(for settings: TCPSettings) -> (any TaskExecutor)? {
        settings.talks ? nil : poller.executor
    }

    package func measure(
        _ target: String, settings: TCPSettings, until deadline: ContinuousClock.Instant
    ) async -> Answer {
        let place: HostPort
        do throws(SettingsError) {
            place = try HostPort(target)
        } catch {
            return Answer(.unknown(Reason("bad-target", got: error.problem)))
        }
        let begin = ContinuousClock.now
        let address: SocketAddress
        do throws(NotAsked) {
            address = try await resolver.address(of: place, family: settings.family.addressFamily, until: deadline)
        } catch {
            return Answer(.unknown(error.reason))
        }
        let resolved = ContinuousClock.now
        var readings = [Self.reading("resolve", begin.duration(to: resolved))]
        let connection: TCPConnection
        do throws(TCPConnection.Failure) {
            connection = try await TCPConnection.open(to: address, poller: poller, until: deadline)
        } catch {
            return answer(SocketVerdict.outcome(ofConnecting: error), readings, address)
        }
        let connected = ContinuousClock.now
        readings.append(Self.reading("connect", resolved.duration(to: connected)))
        guard settings.talks else {
            connection.close()
            return answer(.up, readings, address)
        }
        var talk = TCPTalk(settings, since: connected)
        // For the way back.
        let outcome = await talk.go(over: connection, until: deadline - .milliseconds(20))
        connection.close()
        readings += talk.phases.map { Self.reading($0.name, $0.span) }
        var answer = answer(outcome, readings, address)
        answer.facts = talk.facts
        answer.trace += talk.trace
        return answer
    }

    private static func reading(_ phase: String, _ span: Duration) -> Reading {
        Reading(Metric("tcp_phase_seconds", ["phase": phase]), span.inSeconds)
    }

    private func answer(_ outcome: Outcome, _ readings: [Reading], _ address: SocketAddress) -> Answer {
        Answer(outcome, readings: readings, roundTrip: nil) {
            [
                "connect to \(address): \(outcome.reason?.step == "connect" ? outcome.reason?.description ?? "" : "connected")"
            ]
        }
    }
}
