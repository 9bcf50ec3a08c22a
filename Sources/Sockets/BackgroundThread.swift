import CLinux
import Glibc

/// A thread of the system's own, for loops that block; Swift's cooperative threads must not.
package struct BackgroundThread: Sendable {
    private let identity: pthread_t

    /// Starts `body` with all signals blocked, so that the program's handlers run on its main thread.
    /// `name` is what `top -H` shows, at most 15 bytes.
    package init(_ name: String, _ body: @escaping @Sendable () -> Void) throws(SystemError) {
        let box = Unmanaged.passRetained(Body(name: name, run: body))
        var everything = sigset_t()
        var previous = sigset_t()
        sigfillset(&everything)
        pthread_sigmask(SIG_SETMASK, &everything, &previous)
        defer { pthread_sigmask(SIG_SETMASK, &previous, nil) }
        var identity = pthread_t()
        let result = pthread_create(
            &identity, nil,
            { pointer in
                guard let pointer else { return nil }
                let body = Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue()
                _ = linux_name_thread(body.name)
                body.run()
                return nil
            }, box.toOpaque())
        guard result == 0 else {
            box.release()
            throw SystemError("pthread_create", code: result)
        }
        self.identity = identity
    }

    /// Waits until the body has returned; once, and never from the thread itself.
    package func join() {
        pthread_join(identity, nil)
    }

    /// Lets the thread end unobserved; instead of `join`.
    package func detach() {
        pthread_detach(identity)
    }

    package var isCurrent: Bool { pthread_equal(identity, pthread_self()) != 0 }

    private final class Body: Sendable {
        let name: String
        let run: @Sendable () -> Void

        init(name: String, run: @escaping @Sendable () -> Void) {
            self.name = name
            self.run = run
        }
    }
}
