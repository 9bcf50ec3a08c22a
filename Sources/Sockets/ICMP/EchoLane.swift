import Glibc

/// One family's socket with what is about to leave by it, and the state that it is in; used by one thread.
struct EchoLane: ~Copyable {
    let socket: ICMPSocket
    private var batch = EchoBatch()
    private var sendsWhole = false
    private var tellsTrafficClass = false

    init(_ socket: ICMPSocket) {
        self.socket = socket
    }

    /// Puts a packet to those that leave together, and lets them leave when that is enough of them.
    mutating func add(
        _ transmission: PingLedger<PingTicket>.Transmission, _ ledger: inout PingLedger<PingTicket>
    ) {
        if batch.isFull || batch.manner?.sharesSocketState(with: transmission.manner) == false { flush(&ledger) }
        if transmission.manner.codePoint != 0, !tellsTrafficClass {
            socket.tellTrafficClass()
            tellsTrafficClass = true
        }
        batch.append(
            transmission,
            EchoRequest(
                family: socket.family, identifier: socket.identifier, sequence: transmission.sequence,
                mark: transmission.mark, size: transmission.manner.size))
    }

    /// Lets all that wait leave, and tells the ledger when each did.
    mutating func flush(_ ledger: inout PingLedger<PingTicket>) {
        guard let manner = batch.manner else { return }
        if manner.isWhole != sendsWhole {
            socket.sendWhole(manner.isWhole)
            sendsWhole = manner.isWhole
        }
        while batch.position < batch.transmissions.count {
            let first = batch.position
            let before = Moment.now
            do throws(SystemError) {
                let count = try socket.send(&batch)
                // The kernel works them off one after the other and does not say when; evenly is near enough.
                let each = (Moment.now - before) / Int64(count)
                for index in 0..<count {
                    ledger.sent(batch.transmissions[first + index], at: before + each * Int64(index))
                }
            } catch  where error.code == EAGAIN || error.code == ENOBUFS {
                for transmission in batch.transmissions[first...] {
                    ledger.postpone(transmission, until: before + 1_000_000)
                }
                break
            } catch {
                ledger.failed(batch.transmissions[first], error)
                batch.skip()
            }
        }
        batch.removeAll()
    }

    /// Takes what has come. Bounded, so that a flood of replies cannot keep the deadlines from being served.
    func receive(into received: inout ReceiveBatch, _ ledger: inout PingLedger<PingTicket>) {
        for _ in 0..<8 {
            guard socket.receive(into: &received) else { return }
            let offset = Moment.fromWallClock
            let now = Moment.now
            for index in 0..<received.count {
                guard let source = received.address(at: index) else { continue }
                let control = received.control(at: index)
                do throws(ICMPMessage.Unusable) {
                    let message = try message(received, at: index, from: source, control)
                    ledger.receive(
                        message, from: control.error?.reporter ?? source,
                        .init(
                            read: now,
                            stamped: control.arrival.map { Moment(nanoseconds: $0 &+ offset) },
                            isAddressed: message.identifier == socket.identifier,
                            codePoint: control.trafficClass.map { $0 >> 2 }))
                } catch {
                    continue  // Whatever else comes by an ICMP socket is not ours.
                }
            }
            guard received.count == ReceiveBatch.capacity else { return }
        }
    }

    private func message(
        _ received: borrowing ReceiveBatch, at index: Int, from address: SocketAddress, _ control: ControlMessages
    ) throws(ICMPMessage.Unusable) -> ICMPMessage {
        let length = received.length(at: index)
        guard let error = control.error else {
            return try received.withBytes(at: index) { bytes throws(ICMPMessage.Unusable) in
                try ICMPMessage.parse(bytes, length: length, as: socket.framing)
            }
        }
        guard error.isFromNetwork else { throw .other }
        return try received.withBytes(at: index) { bytes throws(ICMPMessage.Unusable) in
            try ICMPMessage.parse(quoted: bytes, to: address, error: error, family: socket.family)
        }
    }
}
