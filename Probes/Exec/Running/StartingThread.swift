import CLinux
import Glibc
import Sockets
import Synchronization

/// The one thread that looks plug-ins up and starts them: files may be slow, and what it starts ends with it.
final class StartingThread: Sendable {
    private struct State: Sendable {
        var jobs: [@Sendable () -> Void] = []
        var isRunning = false
        var isClosed = false
        var thread: BackgroundThread?
    }

    private let state = Mutex(State())
    private let bell: Descriptor

    init() throws(SystemError) {
        // Each ring lets the thread take one job.
        let opened = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_SEMAPHORE))
        guard opened >= 0 else { throw .last("eventfd") }
        bell = Descriptor(adopting: opened)
    }

    /// Runs `body` on the thread; an error where there is none.
    func perform<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Result<Value, SystemError> {
        await withCheckedContinuation { continuation in
            let refusal = add { continuation.resume(returning: .success(body())) }
            if let refusal { continuation.resume(returning: .failure(refusal)) }
        }
    }

    /// Leaves a job to the thread; an error where there is none.
    func add(_ job: @escaping @Sendable () -> Void) -> SystemError? {
        let error = state.withLock { state -> SystemError? in
            guard !state.isClosed else { return SystemError("pthread_create", code: ECANCELED) }
            if state.thread == nil {
                do throws(SystemError) {
                    state.thread = try BackgroundThread("plug-ins") { self.work() }
                } catch {
                    return error
                }
            }
            state.jobs.append(job)
            return nil
        }
        if error == nil { ring() }
        return error
    }

    /// Does what is left and ends the thread, and with it whatever still runs; harmless the second time.
    func close() {
        let thread = state.withLock { state in
            state.isClosed = true
            defer { state.thread = nil }
            return state.thread
        }
        ring()
        guard let thread else { return }
        if thread.isCurrent { thread.detach() } else { thread.join() }
    }

    private func ring() {
        var one: UInt64 = 1
        _ = write(bell.number, &one, MemoryLayout<UInt64>.size)
    }

    private func work() {
        while true {
            var one: UInt64 = 0
            let count = read(bell.number, &one, MemoryLayout<UInt64>.size)
            if count < 0, errno != EINTR { return }
            let (job, isOver) = state.withLock { state -> ((@Sendable () -> Void)?, Bool) in
                guard !state.jobs.isEmpty else { return (nil, state.isClosed) }
                return (state.jobs.removeFirst(), false)
            }
            job?()
            if isOver { return }
        }
    }
}
