internal import Glibc
package import ProcFS

/// The thin way to rtnetlink: one socket, one question, all messages of the answer one after the other.
package enum NetlinkSocket {
    package static func dump(_ request: NetlinkRequest) throws(FileError) -> [UInt8] {
        func failure() -> FileError { FileError(path: "rtnetlink", code: errno) }
        let socket = socket(AF_NETLINK, Int32(SOCK_RAW.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { throw failure() }
        defer { close(socket) }
        var patience = timeval(tv_sec: 2, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        let bytes = request.bytes
        guard send(socket, bytes, bytes.count, 0) == bytes.count else { throw failure() }
        var answer: [UInt8] = []
        var datagram = [UInt8](repeating: 0, count: 65_536)
        while answer.count < 64 << 20 {
            let count = recv(socket, &datagram, datagram.count, 0)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure() }
            let part = datagram.prefix(count)
            answer += part
            if NetlinkMessage.split(part).contains(where: \.isEnd) { return answer }
        }
        throw FileError(path: "rtnetlink", code: EFBIG)
    }
}
