import HostProbe
import Testing
import Vocabulary

@Suite struct ParserTests {
    @Test func oldKernelsHaveFewerModes() {
        #expect(KernelStatistics(parsing: "cpu  1 2 3 4\ncpu0 9 9 9 9\nprocs_running 7\n")?.ticks == [1, 2, 3, 4])
        #expect(KernelStatistics(parsing: "cpu  1 2 3 4 5 6 7 8 9 10\nprocs_blocked 3")?.ticks.count == 8)
        #expect(KernelStatistics(parsing: "cpu  1 2 3 4\nprocs_blocked 3")?.blocked == 3)
    }

    @Test(arguments: ["", "cpu", "cpu  a b c d", "cpu  1 2 3", "cpu0 1 2 3 4", "cpu  -1 2 3 4", "\u{fffd}\n\u{0}"])
    func brokenStatisticsAreNothing(text: String) {
        #expect(KernelStatistics(parsing: text) == nil)
    }

    @Test func disksAreCountedInSectorsOf512Bytes() {
        let disks = DiskCounters.parse(
            "   8       0 sda 1 2 3 4 5 6 7 8 9 10 11\n 8 1 sda1 1 2 x 4 5 6 7 8 9 10 11\n8 2 sda2\n")
        #expect(disks == ["sda": DiskCounters(bytesRead: 1536, bytesWritten: 3584, busyMilliseconds: 10)])
    }

    @Test func headingsAndBrokenInterfacesAreLeftOut() {
        let text =
            "Inter-|   Receive  |  Transmit\n face |bytes packets\n  eth0: 1 2 3\neth1: a b c d e f g h i j k l\n:\n"
        #expect(InterfaceCounters.parse(text).isEmpty)
    }

    @Test(arguments: ["lo", "veth12ab", "tap0", "dummy0"])
    func containersEndsArePassing(name: String) {
        #expect(InterfaceCounters.isPassing(name))
        #expect(!InterfaceCounters.isPassing("eth0") && !InterfaceCounters.isPassing("bond0"))
    }

    @Test func pressureIsARatio() throws {
        let pressure = try #require(
            Pressure(parsing: "some avg10=25.50 avg60=1.88 avg300=4.52 total=1\nfull avg10=0.00 avg60=0 total=0\n"))
        #expect(pressure.ratios == ["some": 0.255, "full": 0])
        #expect(
            pressure.readings(resource: "io").first?.metric.text == #"host_pressure_ratio{resource="io",kind="some"}"#)
    }

    @Test(arguments: ["", "some", "some avg10=", "some avg10=nan", "some avg10=101", "none avg10=1.0", "some avg10=-1"])
    func brokenPressureIsNothing(text: String) {
        #expect(Pressure(parsing: text) == nil)
    }

    @Test(arguments: ["", "1.0 2.0", "a b c", "nan 1 1", "1 inf 1"])
    func brokenLoadIsNothing(text: String) {
        #expect(LoadAverage(parsing: text) == nil)
    }
}
