/// A parser of bytes from outside, and what must hold of it whatever comes.
struct Parser: Sendable {
    let name: String
    let run: @Sendable (inout Input) -> Void

    init(_ name: String, _ run: @escaping @Sendable (inout Input) -> Void) {
        self.name = name
        self.run = run
    }
}

/// Parsers that share a run and a corpus. A new one goes to the end: its place is the first byte of its inputs.
struct Harness: Sendable {
    let name: String
    let parsers: [Parser]
}

let harnesses: [Harness] = [
    Harness(name: "snmp", parsers: SNMPParsers.all), Harness(name: "device", parsers: DeviceParsers.all),
    Harness(name: "sip", parsers: SIPParsers.all),
    Harness(name: "packets", parsers: H323Parsers.all + PacketParsers.all),
    Harness(name: "documents", parsers: DocumentParsers.all),
    Harness(name: "answers", parsers: AnswerParsers.all), Harness(name: "host", parsers: HostParsers.all),
    Harness(name: "wire", parsers: WireParsers.all), Harness(name: "files", parsers: FileParsers.all),
    Harness(name: "words", parsers: WordParsers.all), Harness(name: "trap", parsers: TrapParsers.all),
]
