import Glibc
import Sockets
import Testing

/// Tasks that run on the thread of an engine.
@Suite struct ExecutorTests {
    private struct Threads: Equatable {
        var before: pthread_t
        var after: pthread_t
    }

    /// On which threads a task runs before and after it waited for an answer.
    private func threads(
        on executor: any TaskExecutor, _ wait: @Sendable () async -> Void
    ) async -> Threads {
        await withTaskExecutorPreference(executor) {
            let before = current()
            await wait()
            return Threads(before: before, after: current())
        }
    }

    private func current() -> pthread_t { pthread_self() }

    @Test func whoPrefersThePollerNeverLeavesItsThread() async throws {
        let poller = try Poller()
        let threads = await threads(on: poller.executor) {
            #expect(await poller.sleep(until: .now + .milliseconds(5)) == .expired)
        }
        #expect(threads.before == threads.after && threads.before != current())
    }

    @Test func whoPrefersAUDPEngineNeverLeavesItsThread() async throws {
        let (engine, echo) = (UDPEngine("udp-test", reader: { _ in UDPMark(7) }), try UDPEcho())
        let executor = try #require(engine.executor)
        let threads = await threads(on: executor) {
            let asked = UDPExchange(
                to: echo.address, payload: [1, 2, 3], key: 7, retransmissions: [], deadline: .now + .seconds(20))
            guard case .answered = await engine.exchange(asked).ending else {
                Issue.record("no answer")
                return
            }
        }
        #expect(threads.before == threads.after && threads.before != current())
    }

    @Test func manyTasksOfOneEngineAllComeToTheirEnd() async throws {
        let poller = try Poller()
        let sum = await withTaskGroup(of: Int.self) { group in
            for number in 0..<2000 {
                group.addTask(executorPreference: number.isMultiple(of: 3) ? nil : poller.executor) {
                    let wake = await poller.sleep(until: .now + .microseconds(number * 10))
                    await Task.yield()
                    return wake == .expired ? 1 : 0
                }
            }
            return await group.reduce(0, +)
        }
        #expect(sum == 2000)
    }

    @Test func aTaskOutlivesTheThreadThatItPrefers() async throws {
        let poller = try Poller()
        let wakes = await withTaskExecutorPreference(poller.executor) {
            let first = await poller.sleep(until: .now + .milliseconds(1))
            // On the poller's own thread: it ends when this task lets go of it.
            poller.close()
            await Task.yield()
            return [first, await poller.sleep(until: .now + .seconds(60))]
        }
        #expect(wakes == [.expired, .closed])
        let (icmp, udp) = (try ICMPEngine(program: "test"), UDPEngine("udp-test", reader: { _ in nil }))
        let executor = try #require(udp.executor)
        icmp.close()
        udp.close()
        let sum = await withTaskGroup(of: Int.self) { group in
            for executor in [icmp.executor, executor] {
                group.addTask(executorPreference: executor) {
                    await Task.yield()
                    return 1
                }
            }
            return await group.reduce(0, +)
        }
        #expect(sum == 2)
        #expect(udp.executor == nil)
    }
}
