/// The process that holds a listening socket: the one with the lowest number, which is the one that opened it.
struct SocketHolder: Hashable, Sendable {
    var process: String
    /// The path of its executable; empty when it cannot be seen.
    var path: String
    var name: String
}
