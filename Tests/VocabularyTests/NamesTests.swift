import Testing
import Vocabulary

@Suite struct NamesTests {
    /// U+0301 makes one character with whatever stands before it.
    @Test(arguments: [["/x", "b"], ["a", "\u{301}b"], ["\u{301}", "\u{301}%"], ["%2F", "%25"], ["", ""]])
    func aPathIsReadAsItIsWritten(segments: [String]) {
        #expect(Fact(segments[0], segments[1], value: "").segments == segments)
    }

    @Test func aFactPathEscapesItsSegments() {
        let fact = Fact("filesystem", "/var/lib 100%", "size", value: "1")
        #expect(fact.path == "filesystem/%2Fvar%2Flib 100%25/size")
        #expect(fact.segments == ["filesystem", "/var/lib 100%", "size"])
    }

    @Test func aMetricEscapesItsLabels() {
        let metric = Metric("host_filesystem_free_bytes", ["mount": "/a\"b\\c"])
        #expect(metric.text == #"host_filesystem_free_bytes{mount="/a\"b\\c"}"#)
        #expect(metric.name == "host_filesystem_free_bytes")
    }

    @Test func aCheckNameHasAnAssetAndAPart() {
        let name = CheckName(asset: "web-1", part: "tcp-443")
        #expect(name.asset == "web-1" && name.part == "tcp-443")
    }
}
