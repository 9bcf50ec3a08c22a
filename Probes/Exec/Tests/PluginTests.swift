import ExecProbe
import ExecSettings
import Foundation
import Glibc
import ProbeKit
import ProbeSettings
import Sockets
import TestSupport
import Testing
import Vocabulary

/// Real programs: scripts in a folder of the test's own.
@Suite struct PluginTests {
    private let folder: TemporaryFolder
    private let poller: Poller

    init() throws {
        folder = try TemporaryFolder()
        poller = try Poller()
    }

    private func plugin(_ script: String, named name: String = "check_x") throws {
        chmod(try folder.write("#!/bin/sh\n\(script)\n", to: name), 0o755)
    }

    private func ask(
        _ values: [String: String] = [:], target: String = "", within time: Duration = .seconds(8), most: Int = 4,
        _ engine: PluginEngine? = nil
    ) async throws -> Answer {
        let engine = engine ?? PluginEngine(folder: PluginFolder(folder.path), poller: poller, most: most)
        let settings = try ExecSettings(["plugin": "check_x"].merging(values) { $1 })
        return await ExecProbe(engine: engine).measure(target, settings: settings, until: .now + time)
    }

    @Test func argumentsAreHandedOnAsTheyAre() async throws {
        let mark = folder.file("touched")
        try plugin(#"for word; do printf '<%s>' "$word"; done; echo " | n=$#""#)
        let answer = try await ask(
            ["arguments": "-H $HOSTADDRESS$ '$(touch \(mark)); `touch \(mark)`' \"a  b\" * ''"], target: "192.0.2.7")
        #expect(answer.outcome == .up)
        #expect(answer.trace.contains("<-H><192.0.2.7><$(touch \(mark)); `touch \(mark)`><a  b><*><>"))
        #expect(answer.readings.contains(Reading(Metric("exec_value", ["label": "n"]), 6)))
        #expect(!folder.exists(mark))
    }

    @Test func itStandsAloneInItsOwnSurroundings() async throws {
        setenv("HAIDANG_TEST_SECRET", "x", 1)
        try plugin(
            """
            echo "env $(env | grep -v -e ^_= -e ^PWD= -e ^SHLVL= | sort | tr '\\n' ' ')"
            echo "at $(pwd) mask $(umask) in $(readlink /proc/self/fd/0)"
            ls /proc/self/fd
            echo "limits $(ulimit -c) $(ulimit -d) $(ulimit -f) $(ulimit -n) $(ulimit -t)"
            [ "$(cut -d ' ' -f 5 /proc/$$/stat)" = $$ ] && echo leader
            exec grep -e ^CapAmb -e ^NoNewPrivs -e ^SigBlk -e ^SigIgn /proc/self/status
            """)
        let answer = try await ask()
        #expect(answer.outcome == .up)
        let said = answer.trace.joined(separator: "\n").replacing("\t", with: " ")
        #expect(said.contains("env LC_ALL=C PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin\n"))
        #expect(said.contains("at / mask 0077 in /dev/null"))
        #expect(said.contains("limits 0 524288 32768 256 9") || said.contains("limits 0 524288 32768 256 8"))
        // The last one is the folder that is listed.
        #expect(said.contains("\n0\n1\n2\n3\nlimits"), "\(said)")
        for line in [
            "CapAmb: 0000000000000000", "NoNewPrivs: 1", "SigBlk: 0000000000000000", "SigIgn: 0000000000000000",
            "leader",
        ] {
            #expect(said.contains(line), "\(line)")
        }
    }

    @Test func whatOutlivesItsTimeIsEndedWithAllThatItStarted() async throws {
        let (ours, theirs) = (folder.file("child"), folder.file("grandchild"))
        // Neither heeds the word.
        try plugin(
            "trap '' TERM; echo $$ >\(ours); (trap '' TERM; sh -c 'echo $PPID' >\(theirs); sleep 60; :) & echo half; sleep 60; :"
        )
        let begin = ContinuousClock.now
        let answer = try await ask(within: .seconds(2))
        #expect(answer.outcome.state == .unknown && answer.outcome.reason?.code == "plugin-timeout")
        #expect(answer.outcome.reason?.got == "half")
        #expect(begin.duration(to: .now) < .seconds(30))
        for file in [ours, theirs] {
            let text = String(decoding: try folder.read(file), as: UTF8.self)
            let number = try #require(pid_t(text.split(separator: "\n").first ?? ""))
            #expect(kill(number, 0) != 0 || state(of: number) == "Z", "\(file)")
        }
    }

    /// `Z`: it has ended, and whoever adopted it has not looked yet.
    private func state(of number: pid_t) -> String {
        let text = (try? folder.read("/proc/\(number)/stat")).map { String(decoding: $0, as: UTF8.self) } ?? ""
        return String(text.split(separator: ")").last?.split(separator: " ").first ?? "Z")
    }

    @Test func whoHeedsTheWordMayPutThingsInOrder() async throws {
        let mark = folder.file("in-order")
        try plugin("trap 'echo done >\(mark); exit 0' TERM; echo waiting; sleep 60 & wait")
        let answer = try await ask(within: .seconds(1))
        #expect(answer.outcome.reason?.code == "plugin-timeout")
        #expect(folder.exists(mark))
    }

    @Test func whatItLeavesBehindKeepsNobodyWaiting() async throws {
        try plugin("(setsid sleep 60 &) ; echo 'OK | a=1'")
        let begin = ContinuousClock.now
        let answer = try await ask(within: .seconds(50))
        #expect(answer.outcome == .up && answer.readings.count == 2)
        #expect(begin.duration(to: .now) < .seconds(30))
    }

    /// Who reads may be slower than whoever prints: on a busy machine by far.
    @Test func whatLiesInThePipeAtTheEndIsReadAllTheSame() async throws {
        try plugin("echo 'OK | a=1'; head -c 1000000 /dev/zero; exit 0")
        let hasty = PluginEngine(folder: PluginFolder(folder.path), poller: poller, linger: .zero)
        let answer = try await ask(within: .seconds(60), hasty)
        #expect(answer.outcome.reason?.got == "1000009 bytes in all" && answer.readings.count == 2)
    }

    @Test func muchOutputIsCutAndEndlessOutputIsEnded() async throws {
        try plugin("echo 'OK | a=1'; head -c 1000000 /dev/zero; exit 0")
        let much = try await ask(within: .seconds(60))
        #expect(much.outcome.state == .degraded && much.outcome.reason?.code == "too-much-output")
        #expect(much.outcome.reason?.got == "1000009 bytes in all" && much.readings.count == 2)
        try plugin("exec yes")
        let endless = try await ask(within: .seconds(1))
        #expect(endless.outcome.reason?.code == "plugin-timeout" && endless.outcome.reason?.got == "y")
    }

    @Test(arguments: [
        ("echo WARN; exit 1", "plugin-warning", "WARN"), ("echo CRIT; exit 2", "plugin-critical", "CRIT"),
        ("exit 3", "plugin-unknown", ""), ("exit 77", "plugin-status", "77"),
        ("no-such-program", "plugin-status", "not found"),
        ("kill -SEGV $$", "plugin-killed", "signal 11: Segmentation fault"),
        ("dd if=/dev/zero of=/dev/null bs=700M count=1 || exit 3", "plugin-unknown", "memory exhausted"),
    ])
    func eachEndingHasItsReason(script: String, code: String, got: String) async throws {
        try plugin(script)
        let reason = try #require(try await ask().outcome.reason)
        #expect(reason.code == code && (got.isEmpty || reason.got.contains(got)))
    }

    @Test func whatCannotBeStartedIsSaid() async throws {
        chmod(try folder.write("#!/no/such/interpreter\n", to: "check_x"), 0o755)
        #expect(
            try await ask().outcome
                == .unknown(
                    Reason(
                        "plugin-not-started", step: "open", expected: "a program that starts",
                        got: "execve: No such file or directory")))
        chmod(try folder.write("echo no shell\n", to: "check_x"), 0o755)
        #expect(try await ask().outcome.reason?.got == "execve: Exec format error")
    }

    @Test func onlyWhatLiesInTheFolderRuns() async throws {
        let missing = try await ask().outcome.reason
        #expect(missing?.code == "plugin-missing" && missing?.expected == "a plug-in check_x in \(folder.path)")
        let nowhere = PluginEngine(folder: PluginFolder("\(folder.path)/gone"), poller: poller)
        #expect(
            try await ask([:], nowhere).outcome
                == .unknown(
                    Reason(
                        "no-plugin-folder", step: "open",
                        expected: "the folder \(folder.path)/gone; `install -d \(folder.path)/gone` makes it",
                        got: "nothing of that name")))
        try folder.write("", to: "check_x/inner")
        #expect(try await ask().outcome.reason?.got == "no regular file")
        let file = PluginEngine(folder: PluginFolder("\(folder.path)/check_x/inner"), poller: poller)
        #expect(try await ask([:], file).outcome.reason?.code == "no-plugin-folder")
    }

    @Test func onlyWhatNobodyElseCanChangeRuns() async throws {
        try plugin("echo OK")
        #expect(try await ask().outcome == .up)
        for mode: mode_t in [0o775, 0o757] {
            chmod(folder.file("check_x"), mode)
            let reason = try await ask().outcome.reason
            #expect(reason?.code == "plugin-writable")
            #expect(reason?.got == "\(folder.path)/check_x has mode 0\(String(mode, radix: 8))")
        }
        chmod(folder.file("check_x"), 0o644)
        let plain = try await ask().outcome.reason
        #expect(plain?.code == "plugin-not-executable" && plain?.got == "a file of mode 0644")
        chmod(folder.file("check_x"), 0o755)
        chmod(folder.path, 0o777)
        #expect(try await ask().outcome.reason?.got == "\(folder.path) has mode 0777")
        chmod(folder.path, 0o755)
        let stranger = PluginEngine(folder: PluginFolder(folder.path, user: 12345), poller: poller)
        let reason = try await ask([:], stranger).outcome.reason
        // To root everything is its own.
        #expect(geteuid() == 0 ? reason == nil : reason?.code == "plugin-writable")
    }

    @Test func linksAreFollowedAsFarAsNobodyElseCanTurnThem() async throws {
        // It finds what lies beside it; a program that is no script also sees the name that the link has.
        try plugin(". ${0%/*}/beside; [ $0 = \(folder.file("elsewhere/check_y")) ]", named: "elsewhere/check_y")
        try folder.write("echo beside", to: "elsewhere/beside")
        let link = folder.file("check_x")
        symlink("elsewhere/check_y", link)
        let answer = try await ask()
        #expect(answer.outcome == .up && answer.trace.contains("beside"))
        symlink("/usr/bin/cat", folder.file("check_z"))
        let name = try await ask(["plugin": "check_z", "arguments": "/proc/self/cmdline"])
        #expect(name.trace.contains("/usr/bin/check_z /proc/self/cmdline"))
        chmod(folder.file("elsewhere"), 0o777)
        #expect(try await ask().outcome.reason?.got == "\(folder.file("elsewhere")) has mode 0777")
        unlink(link)
        symlink("\(folder.path)/elsewhere/../elsewhere/gone", link)
        chmod(folder.file("elsewhere"), 0o755)
        #expect(try await ask().outcome.reason?.code == "plugin-unreadable")
        unlink(link)
        symlink("check_x", link)
        #expect(try await ask().outcome.reason?.got.hasSuffix("Too many levels of symbolic links") == true)
    }

    @Test func soManyRunAtATimeAndTheOthersWait() async throws {
        let engine = PluginEngine(folder: PluginFolder(folder.path), poller: poller, most: 2)
        defer { engine.close() }
        // Each holds its place until three have asked for one.
        let begun = try Bell(folder.file("begun"))
        try plugin("echo >\(folder.file("begun")); read -r _ <\(folder.file("gate")); echo OK")
        try plugin("echo OK", named: "check_now")
        mkfifo(folder.file("gate"), 0o600)
        await withTaskGroup(of: Outcome?.self) { group in
            for _ in 0..<2 { group.addTask { try? await ask([:], engine).outcome } }
            await begun.rings(2, poller)
            let busy = try? await ask(["plugin": "check_now"], within: .milliseconds(400), engine).outcome
            #expect(
                busy
                    == .unknown(
                        Reason("plugins-busy", expected: "a free place", got: "2 plug-ins run already")))
            group.addTask { try? await ask(["plugin": "check_now"], engine).outcome }
            // Opening it for writing lets both readers through, and closing ends their wait.
            let gate = FileHandle(forWritingAtPath: folder.file("gate"))
            try? gate?.close()
            for await outcome in group { #expect(outcome == .up) }
        }
    }

    @Test func whoIsCancelledLeavesNothingRunning() async throws {
        let engine = PluginEngine(folder: PluginFolder(folder.path), poller: poller, most: 1)
        let begun = try Bell(folder.file("begun"))
        try plugin("echo >\(folder.file("begun")); exec sleep 60")
        try plugin("echo OK", named: "check_now")
        await withTaskGroup(of: Void.self) { group in
            group.addTask { _ = try? await ask([:], engine) }
            await begun.rings(1, poller)
            group.cancelAll()
        }
        // Its place is free again as soon as it is gone.
        #expect(try await ask(["plugin": "check_now"], engine).outcome == .up)
        engine.close()
    }

    @Test func whatRunsEndsWithTheEngine() async throws {
        let engine = PluginEngine(folder: PluginFolder(folder.path), poller: poller)
        let begun = try Bell(folder.file("begun"))
        try plugin("echo >\(folder.file("begun")); exec sleep 60")
        async let answer = ask([:], engine)
        await begun.rings(1, poller)
        engine.close()
        #expect(try await answer.outcome.reason?.got == "signal 9: Killed")
        #expect(try await ask([:], engine).outcome.reason?.code == "plugin-not-started")
    }
}

/// A pipe with a name, into which a script writes a line when it has come so far.
private final class Bell: Sendable {
    private let descriptor: Descriptor

    init(_ path: String) throws {
        guard mkfifo(path, 0o600) == 0 else { throw SystemError.last("mkfifo") }
        // Open for both, so that no script waits for a reader.
        let opened = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)
        guard opened >= 0 else { throw SystemError.last("open") }
        descriptor = Descriptor(adopting: opened)
    }

    func rings(_ times: Int, _ poller: Poller) async {
        for _ in 0..<times {
            guard await poller.wait(for: .readable, of: descriptor, until: .now + .seconds(10)) == .ready else {
                Issue.record("it does not ring")
                return
            }
            var byte: UInt8 = 0
            #expect(read(descriptor.number, &byte, 1) == 1)
        }
    }
}
