internal import ProcFS
internal import Synchronization
internal import Vocabulary

/// What is kept from one read to the next: the packages while dpkg's list stays the same, and which program holds which
/// listening socket.
package final class FactsCache: Sendable {
    struct Kept: Sendable {
        var packagesStamp: Root.Stamp?
        var packages: [Fact] = []
        var holders: [UInt64: SocketHolder] = [:]
    }

    let kept = Mutex(Kept())

    package init() {}
}
