import Glibc
import Sockets
import Testing

@Suite struct PollerTests {
    /// Two connected sockets.
    private final class Pair: Sendable {
        let near: Descriptor
        let far: Descriptor

        init() throws {
            let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
            var numbers: [Int32] = [0, 0]
            try #require(socketpair(AF_UNIX, type, 0, &numbers) == 0)
            near = Descriptor(adopting: numbers[0])
            far = Descriptor(adopting: numbers[1])
        }
    }

    @Test func readinessWakesTheWaiter() async throws {
        let poller = try Poller()
        let pair = try Pair()
        #expect(await poller.wait(for: .writable, of: pair.near, until: .now + .seconds(60)) == .ready)
        #expect(write(pair.far.number, "x", 1) == 1)
        #expect(await poller.wait(for: .readable, of: pair.near, until: .now + .seconds(60)) == .ready)
    }

    @Test func readerAndWriterOfOneDescriptorAreWokenApart() async throws {
        let poller = try Poller()
        let pair = try Pair()
        let reads = await withTaskGroup(of: (String, Poller.Wake).self) { group in
            group.addTask {
                ("read", await poller.wait(for: .readable, of: pair.near, until: .now + .seconds(60)))
            }
            group.addTask {
                ("write", await poller.wait(for: .writable, of: pair.near, until: .now + .seconds(60)))
            }
            let first = await group.next()
            _ = write(pair.far.number, "x", 1)
            let second = await group.next()
            return [first, second].compactMap { $0 }
        }
        #expect(reads.map(\.0) == ["write", "read"])
        #expect(reads.allSatisfy { $0.1 == .ready })
    }

    @Test func silenceEndsAtTheDeadline() async throws {
        let poller = try Poller()
        let pair = try Pair()
        let deadline = ContinuousClock.now + .milliseconds(20)
        #expect(await poller.wait(for: .readable, of: pair.near, until: deadline) == .expired)
        #expect(ContinuousClock.now >= deadline)
        #expect(await poller.wait(for: .readable, of: pair.near, until: .now - .seconds(1)) == .expired)
        #expect(await poller.sleep(until: .now) == .expired)
    }

    @Test func cancellationWakesTheWaiter() async throws {
        let poller = try Poller()
        let wake = await withTaskGroup(of: Poller.Wake.self) { group in
            group.addTask { await poller.sleep(until: .now + .seconds(3600)) }
            group.cancelAll()
            return await group.next()
        }
        #expect(wake == .cancelled)
    }

    @Test func closingWakesEverybodyAndTurnsNewcomersAway() async throws {
        let poller = try Poller()
        let wakes = await withTaskGroup(of: Poller.Wake.self) { group in
            for _ in 0..<50 { group.addTask { await poller.sleep(until: .now + .seconds(3600)) } }
            group.addTask {
                let wake = await poller.sleep(until: .now + .milliseconds(5))
                poller.close()
                return wake
            }
            return await group.reduce(into: [Poller.Wake]()) { $0.append($1) }
        }
        #expect(wakes.count { $0 == .closed } == 50)
        poller.close()
        #expect(await poller.sleep(until: .now) == .closed)
    }

    @Test func whatCannotBeWatchedIsRefused() async throws {
        let poller = try Poller()
        let file = Descriptor(adopting: open("/proc/self/status", O_RDONLY))
        #expect(
            await poller.wait(for: .readable, of: file, until: .now + .seconds(60))
                == .refused(SystemError("epoll_ctl", code: EPERM)))
        let nothing = Descriptor(adopting: -1)
        #expect(
            await poller.wait(for: .readable, of: nothing, until: .now + .seconds(60))
                == .refused(SystemError("epoll_ctl", code: EBADF)))
    }

    @Test func aThousandDeadlinesComeInTheirOrder() async throws {
        var heap = DeadlineHeap<Int>()
        let begin = ContinuousClock.now
        var generator = SystemRandomNumberGenerator()
        let keys = (0..<1000).shuffled(using: &generator)
        for key in keys { heap.set(key, at: begin + .seconds(5000 - key)) }
        for key in keys { heap.set(key, at: begin + .seconds(key)) }
        for key in keys where key.isMultiple(of: 3) { heap.remove(key) }
        var popped: [Int] = []
        while let key = heap.popDue(at: begin + .seconds(10_000)) { popped.append(key) }
        #expect(popped == (1..<1000).filter { !$0.isMultiple(of: 3) })
        #expect(heap.count == 0 && heap.earliest == nil)
    }
}
