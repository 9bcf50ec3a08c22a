import Glibc
import H323Settings
import ProbeKit
import Sockets
import Vocabulary

extension H323Probe {
    func askGatekeeper(
        at address: SocketAddress, _ settings: H323Settings, number: UInt16, until deadline: ContinuousClock.Instant
    ) async -> Answer {
        let local: SocketAddress
        do throws(SystemError) {
            local = try ras.localAddress(towards: address)
        } catch {
            return Answer(H323Silence.unsent(error).outcome(settings))
        }
        guard case .ipv4(let bits) = local.host else {
            return Answer(
                H323Silence.unsent(SystemError("socket", code: EAFNOSUPPORT)).outcome(settings))
        }
        let ip = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: bits >> $0) }
        let (word, question) =
            if settings.method == .registration, let alias = settings.alias {
                (
                    "LRQ for \(alias)",
                    RASRequest.location(of: alias, number: number, localAddress: ip, localPort: local.port)
                )
            } else {
                ("GRQ", RASRequest.gatekeeper(number: number, localAddress: ip, localPort: local.port))
            }
        let result = await ras.exchange(
            UDPExchange(
                to: address, payload: question, key: UInt64(number), retransmissions: Self.retransmissions,
                deadline: deadline))
        var answer = Self.answer(result, settings)
        answer.trace.insert("sent \(word), \(question.count) bytes, \(result.sends) times", at: 0)
        answer.readings.append(Reading(Metric("h323_retransmissions"), Double(max(0, result.sends - 1))))
        return answer
    }

    private static func answer(_ result: UDPResult, _ settings: H323Settings) -> Answer {
        let silence: H323Silence
        switch result.ending {
        case .answered(let datagram):
            do throws(PERFault) {
                return Self.answer(try RASReply(datagram.bytes), datagram.elapsed, settings)
            } catch {
                silence = .garbled(datagram.bytes)
            }
        case .timedOut where result.provisional > 0: silence = .inProgress
        case .timedOut: silence = result.faults.last.map { .fault($0) } ?? .unanswered(sends: result.sends)
        case .refused(let fault): silence = .fault(fault)
        case .cannotSend(let error): silence = .unsent(error)
        case .cancelled: silence = .cancelled
        }
        return Answer(silence.outcome(settings))
    }

    private static func answer(_ reply: RASReply, _ elapsed: Duration, _ settings: H323Settings) -> Answer {
        var outcome = H323Verdict.outcome(of: reply, asking: settings.alias)
        if outcome == .up, let slow = settings.slow, elapsed > slow {
            outcome = .degraded(
                Reason(
                    "slow", step: "response", expected: "an answer in \(slow.inSeconds) s",
                    got: "\(elapsed.inSeconds) s"))
        }
        var answer = Answer(outcome)
        answer.readings = [Reading(Metric("h323_round_trip_seconds"), elapsed.inSeconds)]
        switch reply.kind {
        case .gatekeeperConfirm(let identifier):
            answer.trace.append("received GCF")
            if let identifier { answer.facts.append(Fact("h323", "gatekeeper", value: identifier)) }
            answer.facts += facts(version: reply.version, nil)
        case .locationConfirm(let address, let endpoint):
            answer.trace.append("received LCF: \(address?.description ?? "elsewhere")")
            answer.facts += facts(version: nil, endpoint)
        case .gatekeeperReject(let reason): answer.trace.append("received GRJ: \(reason)")
        case .locationReject(let reason): answer.trace.append("received LRJ: \(reason)")
        case .inProgress: answer.trace.append("received RIP")
        case .unknownMessage: answer.trace.append("received XRS")
        }
        return answer
    }
}
