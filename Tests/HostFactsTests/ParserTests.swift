import HostFacts
import Testing

@Suite struct ParserTests {
    @Test func osReleaseIsUnquotedAsAShellWould() {
        let text = """
            # a comment
            ID=debian
            NAME="A \\"quoted\\" \\$name \\\\"
            SINGLE='as \\it is'
            EMPTY=
            OPEN="not closed
            =nothing
            nothing
            """
        let values = OSRelease.parse(text)
        #expect(
            values["ID"] == "debian" && values["NAME"] == #"A "quoted" $name \"# && values["SINGLE"] == #"as \it is"#)
        #expect(values["EMPTY"] == "" && values["OPEN"] == "not closed" && values.count == 5)
    }

    @Test func packagesAreThoseThatAreInstalled() {
        let text = """
            Package: a
            Status: install ok installed
            Architecture: amd64
            Source: src (1:2.0-1)
            Version: 2.0-1+b1
            Description: one
             Version: 9
             .
             Package: no

            Package: held
            Status: hold ok installed
            Architecture: all
            Version: 1

            Package: gone
            Status: deinstall ok config-files
            Version: 1

            Package: half
            Status: install ok half-configured
            Version: 1

            Package: last
            Status: install ok installed
            Version: 3
            Source: other
            """
        let packages = InstalledPackage.parse(Array(text.utf8))
        #expect(packages.map(\.name) == ["a", "held", "last"])
        #expect(
            packages[0].source == "src" && packages[0].sourceVersion == "1:2.0-1" && packages[0].version == "2.0-1+b1")
        #expect(packages[1].source == "held" && packages[1].sourceVersion == "1")
        #expect(packages[2].source == "other" && packages[2].sourceVersion == "3")
    }

    @Test(arguments: [
        "", "\n\n\n", "Package", "Package:\nStatus: install ok installed\nVersion: 1", "\u{0}", "Source: (",
    ])
    func brokenStatusHasNoPackages(text: String) {
        #expect(InstalledPackage.parse(Array(text.utf8)).isEmpty)
        #expect(InstalledPackage.parse([0xff, 0x0a, 0x50, 0xff]).isEmpty)
    }

    @Test func listenersAreReadFromWordsInHostOrder() {
        let row = SocketRow(
            parsing:
                "0: B80D0120000000000000000001000000:1F90 00000000000000000000000000000000:0000 0A 0:0 0:0 0 33 0 4711 1 0"
        )
        #expect(row?.local == "[2001:db8::1]:8080" && row?.user == 33 && row?.inode == 4711)
        let mapped = SocketRow(
            parsing:
                "0: 0000000000000000FFFF00000100007F:0050 00000000000000000000000000000000:0000 0A 0:0 0:0 0 0 0 1 1 0")
        #expect(mapped?.local == "[::ffff:127.0.0.1]:80")
    }

    @Test(arguments: [
        "", "sl local_address rem_address st tx_queue rx_queue tr tm->when retrnsmt uid timeout inode",
        "0: 0100007F 00000000:0000 0A 0:0 0:0 0 0 0 1", "0: 0100007F:GGGG 00000000:0000 0A 0:0 0:0 0 0 0 1",
        "0: 0100007:0016 00000000:0000 0A 0:0 0:0 0 0 0 1", "0: 0100007F:0016 00000000:0000 ZZ 0:0 0:0 0 0 0 1",
        "0: 01:0016 00:0000 0A 0:0 0:0 0 0 0 1", "0: 0100007F:0016 00000000:0000 0A 0:0 0:0 0 -1 0 1",
    ])
    func brokenSocketsAreNothing(line: String) {
        #expect(SocketRow(parsing: line[...]) == nil)
    }

    @Test func connectionsEndTheReadingOfListeners() {
        let heading =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
        let row = { (state: String) in
            "   0: 0100007F:1F90 00000000:0000 \(state) 00000000:00000000 00:00000000 00000000     0        0 4711 1\n"
        }
        #expect(SocketRow.isBeyondListeners(Array((heading + row("0A") + row("01")).utf8)))
        #expect(SocketRow.isBeyondListeners(Array((row("06") + "   1: 0100007F:1F9").utf8)))
        for piece in [
            "", "\n", heading, heading + row("0A"), row("0A") + "   1: 0100007F:1F90 0000", row("01").dropLast() + "",
        ] {
            #expect(!SocketRow.isBeyondListeners(Array(piece.utf8)))
        }
    }

    @Test func accountsOfOddLinesAreLeftOut() {
        #expect(UserAccount(parsing: "a:x:1:2:A,B:/home/a:/bin/sh")?.comment == "A,B")
        for line in ["", "a", "+::::::", "a:x:one:2:::", "a:x:1:2::/h", "a:x:-1:2:::", ":x:1:2:::", "#a:x:1:2:::"] {
            #expect(UserAccount(parsing: line[...]) == nil)
        }
        #expect(UserGroup(parsing: "g:x:1:b,a,")?.members == ["a", "b"])
        #expect(UserGroup(parsing: "g:x:1:")?.members == [] && UserGroup(parsing: "g:x:1") == nil)
    }

    @Test func processorsAreCountedBySocketAndCore() throws {
        let thread = { (id: Int, socket: Int, core: Int) in
            "processor\t: \(id)\nmodel name\t: Xeon\nphysical id\t: \(socket)\ncore id\t\t: \(core)\nflags\t\t: fpu hypervisor\n\n"
        }
        let text = thread(0, 0, 0) + thread(1, 0, 1) + thread(2, 1, 0) + thread(3, 1, 1) + thread(4, 1, 1)
        let list = try #require(ProcessorList(parsing: text))
        #expect(list.model == "Xeon" && list.sockets == 2 && list.cores == 4 && list.threads == 5)
        #expect(ProcessorList.hasHypervisorFlag(text) && !ProcessorList.hasHypervisorFlag("flags : fpu"))
        #expect(ProcessorList(parsing: "processor : 0\nBogoMIPS : 50\n")?.sockets == nil)
        #expect(ProcessorList(parsing: "") == nil && ProcessorList(parsing: "processor: x") == nil)
    }

    @Test func whatNobodyFilledInIsNoValue() {
        for text in ["To Be Filled By O.E.M.", "Default string", "", " ", "0000000", "None", "00000000-0000-0000-0000"]
        {
            #expect(Firmware.meaningful(text) == nil)
        }
        #expect(Firmware.meaningful(" VMware-42 \n") == "VMware-42" && Firmware.chassis("10") == "laptop")
        #expect(Firmware.chassis("99") == "99")
    }

    @Test func virtualizationIsToldByItsSigns() {
        func name(_ vendor: String, _ product: String, flag: Bool = false, container: String = "") -> String? {
            VirtualizationSigns(
                vendor: vendor, product: product, hypervisorType: "", hasHypervisorFlag: flag, container: container
            ).name
        }
        #expect(name("VMware, Inc.", "VMware Virtual Platform", flag: true) == "vmware")
        #expect(name("Microsoft Corporation", "Virtual Machine") == "microsoft")
        #expect(name("Microsoft Corporation", "Surface Pro") == "none" && name("Dell Inc.", "PowerEdge") == "none")
        #expect(name("", "", flag: true) == "vm-other" && name("", "") == nil)
        #expect(name("QEMU", "Standard PC") == "qemu" && name("QEMU", "x", container: "lxc") == "lxc")
    }

    @Test func gatewaysAreThoseOfTheLowestMetric() {
        #expect(RouteTable.gateway4("") == nil && RouteTable.gateway6("x y z") == nil)
        #expect(RouteTable.gateway4("Iface\neth0 00000000 zz 0003 0 0 0 00000000\n") == nil)
        #expect(RouteTable.gateway4("Iface\nppp0 00000000 00000000 0001 0 0 0 00000000 0 0 0\n") == nil)
    }

    @Test func serialNumbersOfDisksComeFromUdevOrPage80() {
        #expect(DeviceRecord(parsing: "E:ID_SERIAL_SHORT=\nE:ID_MODEL=x\nS:y").serial == nil)
        #expect(DeviceRecord.serial(inPage80: [0, 0x80, 0, 4] + Array(" AB1xx".utf8)) == "AB1")
        for bytes in [[], [0, 0x80, 0], [0, 0x83, 0, 1, 65], [0, 0x80, 0, 9], [0, 0x80, 0xff, 0xff, 32]] as [[UInt8]] {
            #expect(DeviceRecord.serial(inPage80: bytes) == nil)
        }
    }

    @Test func theFullNameStandsInHosts() {
        #expect(HostsFile.qualifiedName(of: "a", in: "1.1.1.1 a.b.c a\n") == "a.b.c")
        #expect(HostsFile.qualifiedName(of: "a", in: "1.1.1.1 a\n#1.1.1.1 a.b a\n") == nil)
        #expect(HostsFile.qualifiedName(of: "a.b", in: "") == "a.b" && HostsFile.qualifiedName(of: "", in: "x") == nil)
    }

    @Test func resolversKeepTheirOrder() {
        #expect(
            Resolvers.parse("nameserver 9.9.9.9\n#nameserver 1.1.1.1\nnameserver\nnameserver\t::1 x\n") == [
                "9.9.9.9", "::1",
            ])
    }
}
