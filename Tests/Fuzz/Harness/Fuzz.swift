import CFuzzer
import Glibc

/// `haidang-fuzz list`, or `haidang-fuzz HARNESS[/PARSER] [libFuzzer's options, folders and files]`.
@main
enum Fuzz {
    // Set before libFuzzer begins, never after: it calls back from this one thread.
    private static let variable = "HAIDANG_FUZZ_HARNESS"
    private nonisolated(unsafe) static var chosen: [Parser?] = []

    static func main() {
        // A merge starts this program again, without the word that libFuzzer never saw.
        let inherited = getenv(variable).map { String(cString: $0) }
        let name = inherited ?? CommandLine.arguments.dropFirst().first ?? ""
        if name == "list" {
            for harness in harnesses { print(harness.name, harness.parsers.map(\.name).joined(separator: " ")) }
            return
        }
        let words = name.split(separator: "/", maxSplits: 1)
        guard let harness = harnesses.first(where: { words.first == $0.name[...] }) else { return misused(name) }
        chosen = harness.parsers.map { words.count < 2 || words[1] == $0.name[...] ? $0 : nil }
        guard chosen.contains(where: { $0 != nil }) else { return misused(name) }
        // libFuzzer's arguments are what is left: its first is the program.
        let taken = inherited == nil ? 1 : 0
        setenv(variable, name, 1)
        CommandLine.unsafeArgv[taken] = CommandLine.unsafeArgv[0]
        var count = CommandLine.argc - Int32(taken)
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv + taken
        exit(
            LLVMFuzzerRunDriver(&count, &arguments) { bytes, size in
                Fuzz.run(UnsafeBufferPointer(start: bytes, count: size))
            })
    }

    /// The first byte says which parser: `a` the first. What names none is not worth keeping.
    private static func run(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32 {
        guard let first = bytes.first, first >= UInt8(ascii: "a"), Int(first - UInt8(ascii: "a")) < chosen.count,
            let parser = chosen[Int(first - UInt8(ascii: "a"))]
        else { return -1 }
        var input = Input(bytes.dropFirst())
        parser.run(&input)
        return 0
    }

    private static func misused(_ name: String) {
        let known = harnesses.map(\.name).joined(separator: ", ")
        print("haidang-fuzz: no harness \"\(name)\"; there are: \(known)")
        exit(2)
    }
}
