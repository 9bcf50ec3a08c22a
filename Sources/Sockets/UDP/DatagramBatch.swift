import CLinux
import Glibc

/// Memory for datagrams of one socket that leave together in one call, used again and again by one thread.
struct DatagramBatch: ~Copyable {
    typealias Place = UDPLedger<UDPTicket>.Place

    static let capacity = 32
    private static let room = 65_536

    private let payloads = UnsafeMutableRawPointer.allocate(byteCount: room, alignment: 16)
    private let names = UnsafeMutablePointer<sockaddr_storage>.allocate(capacity: capacity)
    private let parts = UnsafeMutablePointer<iovec>.allocate(capacity: capacity)
    private let messages = UnsafeMutablePointer<linux_message>.allocate(capacity: capacity)
    private var filled = 0
    /// Whose payloads are in the batch, as they were added.
    private(set) var places: [Place] = []

    init() {
        names.initialize(repeating: sockaddr_storage(), count: Self.capacity)
        parts.initialize(repeating: iovec(), count: Self.capacity)
        messages.initialize(repeating: linux_message(), count: Self.capacity)
        places.reserveCapacity(Self.capacity)
    }

    deinit {
        payloads.deallocate()
        names.deallocate()
        parts.deallocate()
        messages.deallocate()
    }

    /// Whether a payload of that size would fit beside the others.
    func hasRoom(for size: Int) -> Bool {
        places.count < Self.capacity && size <= Self.room - filled
    }

    /// Copies the payload in; false when there is no room, which for an empty batch means: longer than UDP carries.
    mutating func add(_ transmission: UDPLedger<UDPTicket>.Transmission) -> Bool {
        guard hasRoom(for: transmission.payload.count) else { return false }
        let index = places.count
        transmission.payload.withUnsafeBytes { bytes in
            UnsafeMutableRawBufferPointer(start: payloads + filled, count: bytes.count).copyMemory(from: bytes)
        }
        parts[index] = iovec(iov_base: payloads + filled, iov_len: transmission.payload.count)
        filled += transmission.payload.count
        let length = transmission.destination.withSystemAddress { address, length in
            UnsafeMutableRawPointer(names + index).copyMemory(from: address, byteCount: Int(length))
            return length
        }
        messages[index].name = UnsafeMutableRawPointer(names + index)
        messages[index].name_length = length
        messages[index].parts = UnsafeMutableRawPointer(parts + index)
        messages[index].part_count = 1
        places.append(transmission.place)
        return true
    }

    /// Hands what was added to the kernel, from `first` on; how many it took, or its error about the first.
    func send(from first: Int, by descriptor: Int32) throws(SystemError) -> Int {
        guard first < places.count else { return 0 }
        let count = linux_send_messages(descriptor, messages + first, UInt32(places.count - first))
        guard count >= 0 else { throw SystemError.last("sendmmsg") }
        // It never is; who goes on as if all had left would take silence for an answer.
        guard count > 0 else { throw SystemError("sendmmsg", code: EAGAIN) }
        return Int(count)
    }

    mutating func clear() {
        places.removeAll(keepingCapacity: true)
        filled = 0
    }
}
