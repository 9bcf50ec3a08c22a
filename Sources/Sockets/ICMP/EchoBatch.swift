import CLinux
import Glibc

/// Memory for echo requests of one family that leave in one call (sendmmsg), used again and again by one thread.
struct EchoBatch: ~Copyable {
    /// So many leave between two looks at what has come, lest replies overflow the receive buffer.
    static let capacity = 64
    private static let controlRoom = 64

    private(set) var transmissions: [PingLedger<PingTicket>.Transmission] = []
    /// The first one that has not left.
    private(set) var position = 0
    private let messages = UnsafeMutablePointer<linux_message>.allocate(capacity: capacity)
    private let parts = UnsafeMutablePointer<iovec>.allocate(capacity: capacity)
    private let names = UnsafeMutablePointer<sockaddr_in6>.allocate(capacity: capacity)
    private let controls = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity * controlRoom, alignment: 16)
    private var payload = UnsafeMutableRawBufferPointer.allocate(byteCount: 0, alignment: 16)
    private var room = 0

    init() {
        transmissions.reserveCapacity(Self.capacity)
        messages.initialize(repeating: linux_message(), count: Self.capacity)
        parts.initialize(repeating: iovec(), count: Self.capacity)
        names.initialize(repeating: sockaddr_in6(), count: Self.capacity)
        makeRoom(for: 128)
    }

    deinit {
        messages.deallocate()
        parts.deallocate()
        names.deallocate()
        controls.deallocate()
        payload.deallocate()
    }

    var isEmpty: Bool { transmissions.isEmpty }
    var isFull: Bool { transmissions.count == Self.capacity }
    /// Of all that are in it; nil of an empty one.
    var manner: EchoManner? { transmissions.first?.manner }

    /// Adds a packet; only to a batch that is neither full nor begun.
    mutating func append(_ transmission: PingLedger<PingTicket>.Transmission, _ request: EchoRequest) {
        let index = transmissions.count
        guard index < Self.capacity else { return }
        if request.byteCount > room { makeRoom(for: request.byteCount) }
        request.write(into: UnsafeMutableRawBufferPointer(rebasing: payload[(index * room)..<((index + 1) * room)]))
        parts[index].iov_len = request.byteCount
        var destination = transmission.address
        destination.port = 0
        destination.withSystemAddress { address, length in
            UnsafeMutableRawPointer(names + index).copyMemory(from: address, byteCount: Int(length))
            messages[index].name_length = length
        }
        messages[index].control_length = UInt(writeControl(of: transmission, at: index))
        transmissions.append(transmission)
    }

    /// Hands what has not left to the kernel; how many it took, or the error of the first.
    mutating func send(through descriptor: Int32) throws(SystemError) -> Int {
        let left = transmissions.count - position
        guard left > 0 else { return 0 }
        let count = linux_send_messages(descriptor, messages + position, UInt32(left))
        guard count >= 0 else { throw SystemError.last("sendmmsg") }
        // It never is; who goes on as if all had left would take silence for an answer.
        guard count > 0 else { throw SystemError("sendmmsg", code: EAGAIN) }
        position += Int(count)
        return Int(count)
    }

    /// Passes the first one that has not left over.
    mutating func skip() { position = min(position + 1, transmissions.count) }

    mutating func removeAll() {
        transmissions.removeAll(keepingCapacity: true)
        position = 0
    }

    /// What the kernel is told about one packet (cmsg(3)): its code point and its hop limit; the length of it.
    private func writeControl(of transmission: PingLedger<PingTicket>.Transmission, at index: Int) -> Int {
        let isIPv4 = transmission.address.family == .ipv4
        let control = UnsafeMutableRawBufferPointer(
            rebasing: controls[(index * Self.controlRoom)..<((index + 1) * Self.controlRoom)])
        var length = 0
        func add(_ level: Int32, _ type: Int32, _ value: UInt8) {
            control.storeBytes(of: 20, toByteOffset: length, as: UInt64.self)
            control.storeBytes(of: level, toByteOffset: length + 8, as: Int32.self)
            control.storeBytes(of: type, toByteOffset: length + 12, as: Int32.self)
            control.storeBytes(of: Int32(value), toByteOffset: length + 16, as: Int32.self)
            length += 24
        }
        // IP_TOS 1, IP_TTL 2; IPV6_TCLASS 67, IPV6_HOPLIMIT 52: each an int.
        let manner = transmission.manner
        if manner.trafficClass != 0 { add(isIPv4 ? 0 : 41, isIPv4 ? 1 : 67, manner.trafficClass) }
        if let limit = manner.hopLimit { add(isIPv4 ? 0 : 41, isIPv4 ? 2 : 52, limit) }
        messages[index].control = length == 0 ? nil : control.baseAddress
        return length
    }

    /// Gives each packet that many bytes; what was in them is lost, but for packets that are in the batch.
    private mutating func makeRoom(for bytes: Int) {
        let larger = (bytes + 63) & ~63
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: larger * Self.capacity, alignment: 16)
        for index in 0..<Self.capacity {
            let place = UnsafeMutableRawBufferPointer(rebasing: memory[(index * larger)..<((index + 1) * larger)])
            if index < transmissions.count {
                place.copyMemory(from: UnsafeRawBufferPointer(rebasing: payload[(index * room)..<((index + 1) * room)]))
                EchoRequest.fillPattern(place, from: room)
            } else {
                EchoRequest.fillPattern(place, from: 0)
            }
            parts[index].iov_base = place.baseAddress
            messages[index].parts = UnsafeMutableRawPointer(parts + index)
            messages[index].part_count = 1
            messages[index].name = UnsafeMutableRawPointer(names + index)
        }
        payload.deallocate()
        payload = memory
        room = larger
    }
}
