import HostProbe
import Testing
import Vocabulary

@Suite struct CounterTests {
    private let start = ContinuousClock.now

    @Test func theFirstRunHasNothingToCompareWith() {
        var history = CounterHistory()
        #expect(history.base(for: Counters(taken: start)) == nil)
    }

    @Test func aBurstIsComparedWithTheRunBeforeIt() {
        var history = CounterHistory()
        let first = Counters(taken: start)
        let second = Counters(taken: start + .seconds(10))
        _ = history.base(for: first)
        #expect(history.base(for: second) == first)
        #expect(history.base(for: Counters(taken: start + .milliseconds(10_150))) == first)
        #expect(history.base(for: Counters(taken: start + .seconds(20))) == second)
    }

    @Test func aClockThatGoesBackGivesNothing() {
        var history = CounterHistory()
        _ = history.base(for: Counters(taken: start))
        #expect(history.base(for: Counters(taken: start - .seconds(5))) == nil)
        #expect(Counters(taken: start).rates(since: Counters(taken: start)).isEmpty)
    }

    @Test func processorTimeIsSharedOutAmongTheModes() {
        let earlier = Counters(taken: start, ticks: [100, 0, 50, 800, 50, 0, 0, 0])
        let later = Counters(taken: start + .seconds(10), ticks: [150, 0, 75, 825, 40, 0, 0, 0])
        let rates = later.rates(since: earlier)
        #expect(value("host_cpu_ratio{mode=\"user\"}", rates) == 0.5)
        #expect(value("host_cpu_ratio{mode=\"idle\"}", rates) == 0.25)
        // It ran backwards, as the kernel documents for iowait.
        #expect(value("host_cpu_ratio{mode=\"iowait\"}", rates) == nil)
    }

    @Test func aCounterThatWasResetGivesNoRate() {
        let before = DiskCounters(bytesRead: 1000, bytesWritten: 500, busyMilliseconds: 100)
        let after = DiskCounters(bytesRead: 10, bytesWritten: 1500, busyMilliseconds: 90_100)
        let rates = Counters(taken: start + .seconds(10), disks: ["sda": after, "sdb": after])
            .rates(since: Counters(taken: start, disks: ["sda": before]))
        #expect(value("host_disk_read_bytes_per_second{disk=\"sda\"}", rates) == nil)
        #expect(value("host_disk_write_bytes_per_second{disk=\"sda\"}", rates) == 100)
        #expect(value("host_disk_busy_ratio{disk=\"sda\"}", rates) == 1)
        #expect(!rates.contains { $0.metric.text.contains("sdb") })
    }

    @Test func interfacesHaveSixRates() throws {
        let line = "eth0:123 1 2 3 0 0 0 0 456 1 5 6 0 0 0 0"
        let before = try #require(InterfaceCounters.parse(line)["eth0"])
        var after = before
        after.receivedBytes += 1000
        after.transmitDrops += 20
        let rates = Counters(taken: start + .seconds(2), interfaces: ["eth0": after])
            .rates(since: Counters(taken: start, interfaces: ["eth0": before]))
        #expect(rates.count == 6)
        #expect(value("host_interface_receive_bytes_per_second{interface=\"eth0\"}", rates) == 500)
        #expect(value("host_interface_transmit_drops_per_second{interface=\"eth0\"}", rates) == 10)
    }

    private func value(_ text: String, _ readings: [Reading]) -> Double? {
        readings.first { $0.metric.text == text }?.value
    }
}
