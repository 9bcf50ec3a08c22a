internal import CCurl

/// An easy handle of libcurl with the buffer for its words, for one transfer at a time. Of the engine's thread alone.
final class EasyHandle {
    let pointer: UnsafeMutableRawPointer
    let errorText = UnsafeMutableBufferPointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    private var lists: [UnsafeMutablePointer<curl_slist>] = []

    /// nil when there is no memory.
    init?() {
        guard let pointer = curl_easy_init() else {
            errorText.deallocate()
            return nil
        }
        self.pointer = pointer
        errorText.initialize(repeating: 0)
    }

    deinit {
        curl_easy_cleanup(pointer)
        freeLists()
        errorText.deallocate()
    }

    /// A list of libcurl that lives until the handle's reset or end; nil when there is no memory or nothing in it.
    func list(_ texts: [String]) -> UnsafeMutablePointer<curl_slist>? {
        var list: UnsafeMutablePointer<curl_slist>?
        for text in texts {
            guard let longer = curl_slist_append(list, text) else {
                curl_slist_free_all(list)
                return nil
            }
            list = longer
        }
        if let list { lists.append(list) }
        return list
    }

    /// As it was made: every option as libcurl sets it, none of our pointers in it.
    func reset() {
        curl_easy_reset(pointer)
        freeLists()
        errorText[0] = 0
    }

    private func freeLists() {
        for list in lists { curl_slist_free_all(list) }
        lists.removeAll(keepingCapacity: true)
    }
}

/// Handles that wait for their next transfer: making one costs as much as asking over it. Of the engine's thread alone.
///
/// Only what is plain goes through them (`Transfer.isPlain`), and only handles whose transfer came to its end come back:
/// nothing secret and nothing broken waits here.
struct EasyPool {
    private static let limit = 16
    private var idle: [EasyHandle] = []

    /// nil when there is no memory.
    mutating func take(for transfer: Transfer) -> EasyHandle? {
        if transfer.isPlain, let handle = idle.popLast() { return handle }
        return EasyHandle()
    }

    /// Of a handle that has left the multi handle.
    mutating func take(back handle: EasyHandle, of transfer: Transfer) {
        guard transfer.isPlain, idle.count < Self.limit else { return }
        handle.reset()
        idle.append(handle)
    }
}

extension Transfer {
    /// Whether it is a request by HTTP over a connection of its own that holds no secret, as far as that can be told:
    /// no name, password or key, no body, no query, and no header but those that say who asks and for what.
    package var isPlain: Bool {
        guard connection == .fresh, extent == .whole, mail == nil, conversation == nil, login == nil, proxy == nil,
            tls.identity == nil, body.isEmpty
        else { return false }
        return !url.utf8.contains { $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: "?") }
            && headers.allSatisfy { $0.isNamed("user-agent") || $0.isNamed("accept") }
    }
}
