import Foundation
import Glibc
import HostProbe
import HostSettings
import ProbeKit
import ProbeSettings
import ProcFS
import Synchronization
import Testing
import Vocabulary

@Suite struct HostProbeTests {
    private func recorded() throws -> String {
        try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil)).appending(path: "machine").path()
    }

    private func ask(_ probe: HostProbe, _ settings: [String: String] = [:]) async throws -> Answer {
        await probe.measure("", settings: try HostSettings(settings), until: .now + .seconds(5))
    }

    private func value(_ text: String, _ answer: Answer) -> Double? {
        answer.readings.first { $0.metric.text == text }?.value
    }

    @Test func aRecordedMachineIsReadInFull() async throws {
        let asked = Mutex<[String]>([])
        let root = try recorded()
        let probe = HostProbe(
            root: root,
            capacity: { path in
                asked.withLock { $0.append(String(path.dropFirst(root.utf8.count - (root.hasSuffix("/") ? 1 : 0)))) }
                return Capacity(total: 100, free: 50, available: 40, inodes: 10, freeInodes: 9)
            },
            clock: {
                ClockStatus(isSynchronised: true, offset: .microseconds(-5), estimatedError: .zero, maximumError: .zero)
            })
        let answer = try await ask(probe)
        #expect(answer.outcome == .up)
        // Network filesystems are not asked, and each is named.
        #expect(asked.withLock { $0 } == ["/", "/srv/data disk"])
        for mount in ["/srv/archive", "/mnt/my share", "/home/a/cloud"] {
            #expect(answer.trace.contains { $0.hasPrefix("\(mount): not asked") })
        }
        #expect(value("host_load1", answer) == 1.42)
        #expect(value("host_memory_total_bytes", answer) == 25_276_502_016)
        #expect(value("host_memory_available_bytes", answer) == 24_548_343_808)
        #expect(value("host_file_descriptors", answer) == 1590)
        #expect(value("host_uptime_seconds", answer) == 2141.03)
        #expect(value("host_processes", answer) == 3)
        #expect(value("host_processes_running", answer) == 4)
        #expect(value(#"host_pressure_ratio{resource="cpu",kind="some"}"#, answer) == 35.37 / 100)
        #expect(value(#"host_filesystem_used_ratio{mount="/srv/data disk"}"#, answer) == 50.0 / 90.0)
        #expect(value("host_clock_synchronised", answer) == 1)
        #expect(abs((value("host_clock_offset_seconds", answer) ?? 0) + 5e-6) < 1e-12)
        #expect(
            !answer.readings.contains { $0.metric.name == "host_cpu_ratio" || $0.metric.name == "host_units_failed" })
        #expect(Set(answer.readings.map(\.metric)).count == answer.readings.count)
    }

    @Test func ratesComeWithTheSecondRun() async throws {
        let time = Mutex(ContinuousClock.now)
        let probe = HostProbe(root: try recorded(), clock: { nil }, now: { time.withLock { $0 } })
        _ = try await ask(probe)
        time.withLock { $0 += .seconds(10) }
        let answer = try await ask(probe)
        #expect(value(#"host_disk_busy_ratio{disk="vda"}"#, answer) == 0)
        #expect(value(#"host_interface_receive_bytes_per_second{interface="eth0"}"#, answer) == 0)
        #expect(!answer.readings.contains { $0.metric.text.contains("loop0") || $0.metric.text.contains("ifb0") })
        #expect(answer.trace.contains("clock: adjtimex refused"))
    }

    @Test func withoutProcTheAnswerIsUnknown() async throws {
        let answer = try await ask(HostProbe(root: "/proc/self/nothing"))
        #expect(answer.outcome.reason?.code == "proc-unreadable" && answer.outcome.state == .unknown)
        #expect(answer.readings.isEmpty)
    }

    @Test func thisMachineIsReadWithoutAnError() async throws {
        let probe = HostProbe()
        _ = try await ask(probe)
        let answer = try await ask(probe, ["filesystem.full": "1"])
        let total = try #require(value("host_memory_total_bytes", answer))
        #expect(total > 1_000_000)
        #expect((value("host_processes", answer) ?? 0) >= 1)
        #expect(answer.readings.allSatisfy { $0.value.isFinite })
        #expect(answer.readings.allSatisfy { !$0.metric.name.hasSuffix("_ratio") || (0...1).contains($0.value) })
    }

    @Test func adjtimexAnswersHere() throws {
        let status = try #require(ClockStatus.ofKernel())
        #expect(status.maximumError >= .zero)
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/usr/bin/dbus-daemon"), "needs dbus-daemon"))
    func aBusWithoutSystemdIsNamedInTheTrace() async throws {
        let bus = try BusDaemon()
        defer { bus.stop() }
        let answer = try await ask(HostProbe(root: bus.root, clock: { nil }))
        // It has no /proc: what counts is that the question itself is answered by a real bus.
        #expect(answer.outcome.state == .unknown)
        let error = await #expect(throws: UnitsError.self) {
            try await UnitsQuestion(root: Root(bus.root)).failed(until: .now + .seconds(60))
        }
        #expect(error == .refused("org.freedesktop.DBus.Error.ServiceUnknown"))
    }

    @Test func noBusAtAllIsAnError() async throws {
        let error = await #expect(throws: UnitsError.self) {
            try await UnitsQuestion(root: Root("/proc/self/nothing")).failed(until: .now + .seconds(5))
        }
        #expect(error == .system("connect", ENOENT) || error == .system("connect", ENOTDIR))
    }
}
