import H323Settings
import ProbeKit
import Sockets
import Vocabulary

/// What a device answered, and how long that took.
private struct DeviceAnswer: Sendable {
    var message: Q931Message
    var connect: Duration
    var elapsed: Duration
}

extension H323Probe {
    func askDevice(
        at address: SocketAddress, _ settings: H323Settings, until deadline: ContinuousClock.Instant
    ) async -> Answer {
        guard await turns.enter(address, until: deadline) else { return Answer(H323Silence.busy.outcome(settings)) }
        defer { turns.leave(address) }
        var trace: [String] = []
        let maySetUp = settings.allowsSetup && address.family == .ipv4
        let begin = ContinuousClock.now
        let enough = begin + begin.duration(to: deadline) * enquiryShare
        var result = await ask(address, withSetup: false, &trace, until: maySetUp ? enough : deadline)
        if maySetUp, case .failure(.accepted) = result {
            result = await ask(address, withSetup: true, &trace, until: deadline)
        }
        switch result {
        case .success(let answer): return Self.answer(answer, settings, trace)
        case .failure(let silence): return Answer(silence.outcome(settings), trace: trace)
        }
    }

    /// One connection with one question, closed whatever comes.
    private func ask(
        _ address: SocketAddress, withSetup: Bool, _ trace: inout [String], until deadline: ContinuousClock.Instant
    ) async -> Result<DeviceAnswer, H323Silence> {
        let begin = ContinuousClock.now
        do throws(TCPConnection.Failure) {
            let connection = try await TCPConnection.open(to: address, poller: poller, until: deadline)
            let connected = ContinuousClock.now
            trace.append("connected to \(address)")
            let marks = CallSignalling.Marks()
            let result = await talk(over: connection, marks, withSetup: withSetup, &trace, until: deadline)
            if withSetup {
                // Even where nothing came: what may have begun there ends here.
                trace.append("sent RELEASE COMPLETE")
                do throws(TCPConnection.Failure) {
                    try await connection.send(CallSignalling.releaseComplete(marks), until: deadline + .milliseconds(5))
                } catch {
                    trace.append("could not send RELEASE COMPLETE: \(error)")
                }
            }
            connection.close()
            return result.map {
                DeviceAnswer(message: $0.message, connect: connected - begin, elapsed: $0.elapsed)
            }
        } catch {
            return .failure(.connection(error))
        }
    }

    private func talk(
        over connection: borrowing TCPConnection, _ marks: CallSignalling.Marks, withSetup: Bool,
        _ trace: inout [String], until deadline: ContinuousClock.Instant
    ) async -> Result<(message: Q931Message, elapsed: Duration), H323Silence> {
        var stream = TPKTStream()
        let question: [UInt8]
        if withSetup, case .ipv4(let bits) = connection.local.host {
            let ip = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: bits >> $0) }
            question = CallSignalling.setup(marks, localAddress: ip, localPort: connection.local.port)
        } else {
            question = CallSignalling.statusEnquiry(marks)
        }
        trace.append("sent \(withSetup ? "SETUP" : "STATUS ENQUIRY"), \(question.count) bytes")
        let begin = ContinuousClock.now
        do throws(TCPConnection.Failure) {
            try await connection.send(question, until: deadline)
            while true {
                stream.take(try await connection.receive(until: deadline))
                switch stream.next() {
                case .message(let bytes):
                    guard let message = Q931Message(bytes) else { return .failure(.rubbish(bytes)) }
                    trace.append("received message type \(message.type), \(bytes.count + 4) bytes")
                    return .success((message, ContinuousClock.now - begin))
                case .rubbish: return .failure(.rubbish(stream.rest))
                case nil: continue
                }
            }
        } catch {
            guard stream.rest.isEmpty else { return .failure(.rubbish(stream.rest)) }
            switch error {
            case .timedOut: return .failure(.accepted(askedWithSetup: withSetup))
            case .ended, .mirror: return .failure(.ended(nil))
            case .system(let error), .refused(let error): return .failure(.ended(error))
            case .cancelled: return .failure(.cancelled)
            case .stopping: return .failure(.stopping)
            }
        }
    }

    private static func answer(_ answer: DeviceAnswer, _ settings: H323Settings, _ trace: [String]) -> Answer {
        var trace = trace
        var information: UserInformation?
        if let bytes = answer.message.userInformation {
            do throws(PERFault) {
                information = try UserInformation(bytes)
            } catch {
                trace.append("user information cannot be read: \(error)")
            }
        }
        if let reason = information?.reason { trace.append("reason \(reason.name)") }
        var outcome = H323Verdict.outcome(of: answer.message, information)
        if outcome == .up, let slow = settings.slow, answer.elapsed > slow {
            outcome = .degraded(
                Reason(
                    "slow", step: "response", expected: "an answer in \(slow.inSeconds) s",
                    got: "\(answer.elapsed.inSeconds) s"))
        }
        var result = Answer(outcome, trace: trace)
        result.readings = [
            Reading(Metric("h323_phase_seconds", ["phase": "connect"]), answer.connect.inSeconds),
            Reading(Metric("h323_round_trip_seconds"), answer.elapsed.inSeconds),
        ]
        result.facts = information.map { facts(version: $0.version, $0.endpoint) } ?? []
        return result
    }

    static func facts(version: Int?, _ endpoint: EndpointType?) -> [Fact] {
        var facts: [Fact] = []
        if let kind = endpoint?.kind { facts.append(Fact("h323", "kind", value: kind.rawValue)) }
        if let manufacturer = endpoint?.manufacturer {
            facts.append(Fact("h323", "manufacturer", value: manufacturer.description))
            if let vendor = manufacturer.vendor(of: endpoint?.product) {
                facts.append(Fact("h323", "vendor", value: vendor))
            }
        }
        if let product = endpoint?.product { facts.append(Fact("h323", "product", value: product)) }
        if let version = endpoint?.version { facts.append(Fact("h323", "version", value: version)) }
        if let version { facts.append(Fact("h323", "protocol", value: "\(version)")) }
        return facts
    }
}
