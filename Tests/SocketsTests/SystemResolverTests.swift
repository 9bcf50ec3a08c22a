import Dispatch
import Glibc
import Sockets
import Synchronization
import Testing

@Suite struct SystemResolverTests {
    /// A resolver that answers only when it is let.
    private final class Gate: Sendable {
        private let isOpen = DispatchSemaphore(value: 0)

        func open() { isOpen.signal() }

        func lookup() -> Result<[SocketAddress], ResolveError> {
            isOpen.wait()
            // The next one may pass, too.
            isOpen.signal()
            return .success([SocketAddress(.ipv4(1))])
        }
    }

    @Test func aLiteralIsItsOwnAnswer() async throws {
        let resolver = SystemResolver(poller: try Poller()) { _, _ in .failure(.failed("must not be asked")) }
        let deadline = ContinuousClock.now + .seconds(60)
        #expect(
            try await resolver.resolve("192.0.2.7", family: nil, until: deadline) == [SocketAddress(.ipv4(0xc000_0207))]
        )
        await #expect(throws: ResolveError.notFound("::1 is not an IPv4 address")) {
            try await resolver.resolve("::1", family: .ipv4, until: deadline)
        }
    }

    @Test func theSystemKnowsLocalhost() async throws {
        let resolver = SystemResolver(poller: try Poller())
        let found = try await resolver.resolve("localhost", family: .ipv4, until: .now + .seconds(60))
        #expect(found == [SocketAddress(.ipv4(0x7f00_0001))])
    }

    @Test func aHungResolverCostsTheCallerNoMoreThanItsDeadline() async throws {
        let gate = Gate()
        defer { gate.open() }
        let resolver = SystemResolver(poller: try Poller(), threads: 1, backlog: 1) { _, _ in gate.lookup() }
        let soon = ContinuousClock.now + .milliseconds(20)
        await #expect(throws: ResolveError.timedOut) {
            try await resolver.resolve("a.example", family: nil, until: soon)
        }
        // The thread still hangs; the next one waits in the queue, is dropped, and leaves room for another.
        for _ in 0..<3 {
            await #expect(throws: ResolveError.timedOut) {
                try await resolver.resolve("b.example", family: nil, until: .now + .milliseconds(5))
            }
        }
    }

    @Test func aFullQueueSaysSo() async throws {
        let gate = Gate()
        let resolver = SystemResolver(poller: try Poller(), threads: 1, backlog: 0) { _, _ in gate.lookup() }
        await #expect(throws: ResolveError.busy) {
            try await resolver.resolve("a.example", family: nil, until: .now + .seconds(60))
        }
        gate.open()
    }

    @Test func cancellationWakesTheCaller() async throws {
        let gate = Gate()
        defer { gate.open() }
        let resolver = SystemResolver(poller: try Poller()) { _, _ in gate.lookup() }
        let outcome = await withTaskGroup(of: ResolveError?.self) { group in
            group.addTask {
                do throws(ResolveError) {
                    _ = try await resolver.resolve("a.example", family: nil, until: .now + .seconds(3600))
                    return nil
                } catch {
                    return error
                }
            }
            group.cancelAll()
            return await group.next()
        }
        #expect(outcome == .cancelled)
    }

    @Test func manyNamesAreAskedAndEachGetsItsOwnAnswer() async throws {
        let resolver = SystemResolver(poller: try Poller(), threads: 3) { name, _ in
            .success([SocketAddress(.ipv4(UInt32(name.dropFirst()) ?? 0))])
        }
        let right = await withTaskGroup(of: Bool.self) { group in
            for index in UInt32(1)...300 {
                group.addTask {
                    do throws(ResolveError) {
                        let found = try await resolver.resolve("n\(index)", family: nil, until: .now + .seconds(60))
                        return found == [SocketAddress(.ipv4(index))]
                    } catch {
                        return false
                    }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(right == 300)
    }

    @Test func theCodesOfGetaddrinfoAreToldApart() {
        #expect(SystemResolver.error(of: EAI_NONAME) == .notFound("Name or service not known"))
        #expect(SystemResolver.error(of: -5) == .notFound("No address associated with hostname"))
        #expect(SystemResolver.error(of: EAI_AGAIN) == .failed("Temporary failure in name resolution"))
        #expect(SystemResolver.error(of: EAI_SYSTEM, ENETUNREACH) == .failed("Network is unreachable"))
    }
}
