import Keys
package import Sockets

extension SIPProbe {
    func talk(
        _ conversation: inout SIPConversation, byUDPTo address: SocketAddress, until deadline: ContinuousClock.Instant
    ) async -> Result<SIPReply, SIPSilence> {
        let local: SIPMemory.Place
        do throws(SystemError) {
            local = try memory.place(towards: address, from: udp, at: .now)
        } catch {
            return .failure(.unsent(error))
        }
        while true {
            let request: [UInt8]
            do throws(KeysError) {
                request = try conversation.request(localHost: local.host, localPort: local.port)
            } catch {
                return .failure(.unanswerable(error))
            }
            let result = await udp.exchange(
                UDPExchange(
                    to: address, payload: request, key: conversation.key,
                    retransmissions: Self.retransmissions, deadline: deadline))
            let datagram: UDPAnswer
            switch result.ending {
            case .answered(let answer): datagram = answer
            case .timedOut where result.provisional > 0: return .failure(.provisional)
            case .timedOut:
                return .failure(result.faults.last.map { .fault($0) } ?? .unanswered(sends: result.sends))
            case .refused(let fault): return .failure(.fault(fault))
            case .cannotSend(let error): return .failure(.unsent(error))
            case .cancelled: return .failure(.cancelled)
            }
            let response: SIPResponse
            do throws(SIPFault) {
                response = try SIPResponse(datagram.bytes)
            } catch {
                return .failure(.rubbish(datagram.bytes))
            }
            guard case .end(let outcome) = conversation.take(response) else { continue }
            var reply = SIPReply(response, outcome: outcome, elapsed: datagram.elapsed)
            reply.retransmissions = max(0, result.sends - 1)
            return .success(reply)
        }
    }
}

extension SIPMarks {
    /// Which exchange a datagram belongs to, from its topmost Via alone: it is read again by whoever waits for it.
    package static func mark(in datagram: [UInt8]) -> UDPMark? {
        var reader = HeadReader(datagram)
        guard let line = reader.statusLine(in: datagram) else { return nil }
        let via: Range<Int>? = datagram.withUnsafeBufferPointer { bytes in
            while let (name, value) = reader.field(in: bytes) {
                if SIPField(bytes[name]) == .via { return value }
            }
            return nil
        }
        guard let via, let branch = Parameters.value(of: "branch", in: datagram[via]), branch.starts(with: cookie.utf8),
            branch.count == cookie.utf8.count + 16
        else { return nil }
        var key: UInt64 = 0
        for byte in branch.dropFirst(cookie.utf8.count) {
            guard let value = value(of: byte) else { return nil }
            key = key << 4 | UInt64(value)
        }
        return UDPMark(key, isFinal: line.status >= 200)
    }

    private static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x61...0x66: digit - 0x57
        default: nil
        }
    }
}
