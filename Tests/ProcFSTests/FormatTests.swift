import ProcFS
import Testing

@Suite struct FormatTests {
    @Test func memoryIsReadInBytes() throws {
        let info = try #require(
            MemoryInfo(
                parsing: "MemTotal:  1000 kB\nMemFree: 100 kB\nMemAvailable: 400 kB\nBuffers: 50 kB\nCached: 200 kB\n"
                    + "SwapTotal: 10 kB\nSwapFree: 4 kB\nHugePages_Total:       0\n"))
        #expect(info.total == 1_024_000 && info.available == 409_600 && info.swapFree == 4096)
    }

    @Test func oldKernelsGetAnEstimateOfWhatIsAvailable() {
        let text = "MemTotal: 1000 kB\nMemFree: 100 kB\nBuffers: 50 kB\nCached: 200 kB"
        #expect(MemoryInfo(parsing: text)?.available == 350 * 1024)
    }

    @Test(arguments: [
        "", "MemTotal:", "MemTotal: many kB", "MemTotal: 0 kB", "MemTotal: 99999999999999999999 kB",
        "MemTotal: 18446744073709551615 kB", ":::\n\n:", "\u{fffd}",
    ])
    func brokenMemoryIsNothing(text: String) {
        #expect(MemoryInfo(parsing: text) == nil)
    }

    @Test func aMountIsReadWithItsEscapes() throws {
        let line = #"52 27 8:17 / /srv/data\040disk\134x rw,noatime shared:5 master:1 - xfs /dev/sd\0401 rw,inode64"#
        let mount = try #require(Mount(parsing: line[...]))
        #expect(mount.point == #"/srv/data disk\x"# && mount.device == "/dev/sd 1" && mount.type == "xfs")
        #expect(mount.deviceNumber == "8:17" && mount.place == .local && !mount.isReadOnly)
    }

    @Test func aMountThatIsReadOnlyForUsAloneIsNot() throws {
        let ours = "52 27 8:1 / / ro,relatime shared:5 - ext4 /dev/sda1 rw,errors=remount-ro"
        #expect(try #require(Mount(parsing: ours[...])).isReadOnly == false)
        let failed = "52 27 8:1 / / rw,relatime shared:5 - ext4 /dev/sda1 ro,errors=remount-ro"
        #expect(try #require(Mount(parsing: failed[...])).isReadOnly)
    }

    @Test(arguments: ["", "1 2 3", "1 2 8:1 / /x rw", "1 2 8:1 / /x rw shared:1 - ext4", "1 2 8:1 / /x rw a b c d e f"])
    func brokenMountsAreNothing(line: String) {
        #expect(Mount(parsing: line[...]) == nil)
    }

    @Test(arguments: [#"\04"#, #"\999"#, #"\"#, #"a\777b"#])
    func whatIsNoEscapeStaysAsItIs(text: String) {
        #expect(Mount.unescaped(text[...]) == text)
    }

    @Test func bindMountsAreFoldedIntoTheirFilesystem() {
        let text = """
            20 1 8:1 / / rw - ext4 /dev/sda1 ro
            21 20 8:1 /var/x /a rw - ext4 /dev/sda1 rw
            22 20 0:5 / /proc rw - proc proc rw
            23 20 0:60 / /srv rw - nfs4 nas:/x rw
            24 20 0:61 / /cloud rw - fuse.sshfs a@b: rw
            25 20 7:0 / /snap ro - squashfs /dev/loop0 ro
            """
        let mounts = Mount.filesystems(parsing: text)
        #expect(mounts.map(\.point) == ["/", "/cloud", "/srv"])
        #expect(mounts.map(\.place) == [.local, .remote, .remote])
        #expect(mounts.first?.isReadOnly == true)
    }

    @Test func theLaterMountOverAPointIsTheOneSeen() {
        let text = "20 1 8:1 / /x rw - ext4 /dev/sda1 rw\n21 1 0:9 / /x rw - nfs4 nas:/y rw"
        #expect(Mount.filesystems(parsing: text).map(\.device) == ["nas:/y"])
    }

    @Test func spaceIsCountedAsDfDoes() {
        // 100 blocks, 10 free of which 5 are root's.
        let capacity = Capacity(total: 100, free: 10, available: 5, inodes: 8, freeInodes: 2)
        #expect(capacity.usedRatio == 90.0 / 95.0 && capacity.usedInodesRatio == 0.75)
        let odd = Capacity(total: 0, free: 7, available: 0, inodes: 0, freeInodes: 3)
        #expect(odd.usedRatio == nil && odd.usedInodesRatio == nil)
    }

    @Test func aMissingFilesystemIsAnError() {
        #expect(throws: FileError.self) { try Capacity.ofFilesystem(at: "/proc/self/nothing") }
    }

    @Test func textFallsApartAtBlanksAndSeparators() {
        #expect("a  b\tc"[...].fields == ["a", "b", "c"])
        #expect("a::b:"[...].parts(at: ":") == ["a", "", "b", ""])
        #expect("\u{0} x \n"[...].trimmed == "x" && "\n"[...].trimmed.isEmpty)
        #expect("k=v=w"[...].halves(at: "=")?.1 == "v=w" && "kv"[...].halves(at: "=") == nil)
        #expect("a\n\nb\n".lines == ["a", "b"])
    }
}
