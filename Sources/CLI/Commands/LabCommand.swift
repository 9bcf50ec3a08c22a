import ArgumentParser
import Foundation

/// `haidang lab …`: hands a line to the lab that `make lab` started, and prints the answer. What a line means is known
/// in deploy/lab alone.
struct LabCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lab", abstract: "Make something fail in the lab that `make lab` started.",
        discussion: """
            status, list, cut, power-off, hang, slow, close, refuse, unregister, unplug, certificate, lose, delay, flap, \
            kill, stop, freeze, restart, clock, heal, story. \
            For example: haidang lab cut carrier-3 over 3; haidang lab lose all 2 burst 0.5; haidang lab heal all. \
            deploy/lab/README.md has them all.
            """)

    @Option(help: "The lab's state folder.")
    var state = ".haidang/lab"

    @Flag(help: "Print the answer as JSON.")
    var json = false

    @Argument(parsing: .allUnrecognized, help: "What to do; status without it.")
    var words: [String] = []

    func run() throws {
        let said = try LabControl(folder: state).answer(to: words.joined(separator: " "))
        let answer = try said.decoded(as: Answer.self)
        guard answer.ok else { throw CommandError(answer.error ?? "the lab refused, and did not say why") }
        guard json else { return print(answer.text ?? "") }
        guard let whole = try JSONSerialization.jsonObject(with: said) as? [String: Any], let data = whole["data"]
        else {
            throw CommandError("the lab's answer has no data: \(said.text)")
        }
        let written = try JSONSerialization.data(
            withJSONObject: data, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
        print(written.text)
    }

    private struct Answer: Decodable {
        var ok: Bool
        var text: String?
        var error: String?
    }
}

/// The lab's control socket: one line there, one line of JSON back.
private struct LabControl {
    var folder: String

    func answer(to line: String) throws -> Data {
        let path = folder + "/control"
        guard !line.contains("\n") else { throw CommandError("one line at a time") }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw CommandError("no socket: \(String(cString: strerror(errno)))") }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let capacity = MemoryLayout.size(ofValue: address.sun_path)
        guard path.utf8.count < capacity else {
            throw CommandError(
                "\(path): longer than the \(capacity - 1) bytes a socket's path may have; go nearer to it")
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let connected = withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard connected == 0 else {
            throw CommandError(
                "no lab runs with its state in \(folder): \(String(cString: strerror(errno))). Start one with "
                    + "`make lab`, and call this in the same folder, or name the lab's with --state.")
        }
        try handle.write(contentsOf: Data((line + "\n").utf8))
        guard let said = try handle.readToEnd(), !said.isEmpty else {
            throw CommandError("the lab ended before it answered")
        }
        return said
    }
}
