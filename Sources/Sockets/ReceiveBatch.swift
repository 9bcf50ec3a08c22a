import CLinux
import Glibc

/// Memory for datagrams that are taken in one call (recvmmsg), used again and again by one thread.
struct ReceiveBatch: ~Copyable {
    static let capacity = 64
    private static let controlRoom = 192

    private let messages = UnsafeMutablePointer<linux_message>.allocate(capacity: capacity)
    private let parts = UnsafeMutablePointer<iovec>.allocate(capacity: capacity)
    private let names = UnsafeMutablePointer<sockaddr_storage>.allocate(capacity: capacity)
    private let controls = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity * controlRoom, alignment: 16)
    private var bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: 0, alignment: 16)
    private var room = 0
    private(set) var count = 0
    /// So many messages are set up afresh; the kernel has written into those that it filled.
    private var prepared = 0
    /// `errno` of the last call when it failed.
    private(set) var lastError: Int32 = 0

    /// Room for what an error quotes, and for replies of usual size.
    init() {
        messages.initialize(repeating: linux_message(), count: Self.capacity)
        parts.initialize(repeating: iovec(), count: Self.capacity)
        names.initialize(repeating: sockaddr_storage(), count: Self.capacity)
        makeRoom(for: 256)
    }

    deinit {
        messages.deallocate()
        parts.deallocate()
        names.deallocate()
        controls.deallocate()
        bytes.deallocate()
    }

    /// Lets datagrams of that many bytes be taken whole; longer ones are cut. What was received is lost.
    mutating func makeRoom(for size: Int) {
        guard size > room else { return }
        bytes.deallocate()
        room = (size + 63) & ~63
        bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: room * Self.capacity, alignment: 16)
        (count, prepared) = (0, 0)
    }

    private mutating func prepare(_ index: Int) {
        parts[index] = iovec(iov_base: bytes.baseAddress.map { $0 + index * room }, iov_len: room)
        messages[index] = linux_message(
            name: UnsafeMutableRawPointer(names + index),
            name_length: UInt32(MemoryLayout<sockaddr_storage>.size), parts: parts + index, part_count: 1,
            control: controls.baseAddress.map { $0 + index * Self.controlRoom },
            control_length: UInt(Self.controlRoom), flags: 0, unused: 0, length: 0)
    }

    /// Takes what is there without waiting, at most `capacity`; false when there was nothing or the call failed.
    mutating func receive(from descriptor: Int32, flags: some BinaryInteger) -> Bool {
        for index in 0..<count { prepare(index) }
        for index in max(count, prepared)..<Self.capacity { prepare(index) }
        prepared = Self.capacity
        let taken = linux_receive_messages(descriptor, messages, UInt32(Self.capacity), Int32(flags))
        lastError = taken < 0 ? errno : 0
        // Who knows what it had begun to write.
        if lastError != 0, lastError != EAGAIN { prepared = 0 }
        count = max(0, Int(taken))
        return count > 0
    }

    /// The sender; for an error from the error queue the destination of the packet that it is about.
    func address(at index: Int) -> SocketAddress? {
        SocketAddress(names[index], length: messages[index].name_length)
    }

    func control(at index: Int) -> ControlMessages {
        let start = index * Self.controlRoom
        let length = min(Self.controlRoom, Int(messages[index].control_length))
        return ControlMessages(UnsafeRawBufferPointer(rebasing: controls[start..<(start + length)]).bytes)
    }

    /// How long the datagram was; more than is there when it was cut.
    func length(at index: Int) -> Int { Int(messages[index].length) }

    func bytes(at index: Int) -> [UInt8] {
        let start = index * room
        return Array(bytes[start..<(start + min(room, length(at: index)))])
    }

    func withBytes<Result, Failure: Error>(
        at index: Int, _ body: (RawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let start = index * room
        let part = UnsafeRawBufferPointer(rebasing: bytes[start..<(start + min(room, length(at: index)))])
        return try body(part.bytes)
    }
}
