import Glibc
package import Sockets
import Synchronization
import Vocabulary

/// Runs plug-ins of one folder, so many at a time, and leaves nothing of them behind.
package final class PluginEngine: Sendable {
    /// What came of a run.
    enum Result: Sendable {
        case ran(ExecVerdict.Ending, ExecVerdict.Printed, took: Duration)
        case refused(Reason)
    }

    /// How many plug-ins run at a time. Each is a process, and most of them wait for somebody.
    package static let most = 16

    private let folder: PluginFolder
    private let poller: Poller
    private let places: Places
    private let most: Int
    private let linger: Duration
    /// Made for the first plug-in: most agents run none.
    private let starter = Mutex<StartingThread?>(nil)
    /// Killed, and not gone yet: it waits for a disk that does not answer. It keeps its place until then.
    private let strays = Mutex<[PluginProcess]>([])

    /// `linger`: how long what a plug-in printed is waited for after its end, when something that it left behind holds the
    /// pipes.
    package init(
        folder: PluginFolder, poller: Poller, most: Int = PluginEngine.most, linger: Duration = .milliseconds(100)
    ) {
        self.folder = folder
        self.poller = poller
        self.most = most
        self.linger = linger
        places = Places(most, poller: poller)
    }

    deinit {
        close()
    }

    /// Ends what still runs; harmless the second time.
    package func close() {
        starter.withLock { $0 }?.close()
    }

    /// Is back by the deadline, with the plug-in and all that it started ended.
    func run(_ name: String, arguments: [String], until deadline: ContinuousClock.Instant) async -> Result {
        buryStrays()
        // Started later it would have no time.
        guard await places.enter(until: deadline - .milliseconds(200)) else {
            let reason =
                Task.isCancelled
                ? Reason("cancelled")
                : Reason("plugins-busy", expected: "a free place", got: "\(most) plug-ins run already")
            return .refused(reason)
        }
        let (result, stray) = await runHere(name, arguments, since: .now, until: deadline)
        if let stray { bury(stray) } else { places.leave() }
        return result
    }

    private func runHere(
        _ name: String, _ arguments: [String], since begin: ContinuousClock.Instant,
        until deadline: ContinuousClock.Instant
    ) async -> (Result, stray: PluginProcess?) {
        let limits = PluginProcess.Limits(
            processorSeconds: UInt(max(1, begin.duration(to: deadline).components.seconds + 1)))
        let folder = folder
        let started: Swift.Result<Swift.Result<PluginProcess, PluginRefusal>, SystemError>
        do throws(SystemError) {
            started = try await thread().perform {
                folder.find(name).flatMap { plugin in
                    do throws(SystemError) {
                        return .success(try PluginProcess(plugin, arguments: arguments, limits: limits))
                    } catch {
                        return .failure(PluginRefusal(Self.notStarted(error)))
                    }
                }
            }
        } catch {
            started = .failure(error)
        }
        switch started {
        case .failure(let error): return (.refused(Self.notStarted(error)), nil)
        case .success(.failure(let refusal)): return (.refused(refusal.reason), nil)
        case .success(.success(let process)):
            let run = PluginRun(process, poller: poller, begin: begin, deadline: deadline, linger: linger)
            let (result, isGone) = await run.outcome()
            return (result, isGone ? nil : process)
        }
    }

    private static func notStarted(_ error: SystemError) -> Reason {
        Reason("plugin-not-started", step: "open", expected: "a program that starts", got: error.description)
    }

    private func thread() throws(SystemError) -> StartingThread {
        try starter.withLock { starter throws(SystemError) in
            if let known = starter { return known }
            let made = try StartingThread()
            starter = made
            return made
        }
    }

    /// Takes the status of what was killed as soon as it is gone, which is soon; what is not is looked at again later.
    private func bury(_ stray: PluginProcess) {
        let job: @Sendable () -> Void = { [self] in
            if stray.waitForEnd(.milliseconds(200)), stray.reap() != nil {
                places.leave()
            } else {
                strays.withLock { $0.append(stray) }
            }
        }
        if starter.withLock({ $0 })?.add(job) != nil { strays.withLock { $0.append(stray) } }
    }

    private func buryStrays() {
        let gone = strays.withLock { strays in
            let before = strays.count
            strays.removeAll { $0.reap() != nil }
            return before - strays.count
        }
        for _ in 0..<gone { places.leave() }
    }
}
