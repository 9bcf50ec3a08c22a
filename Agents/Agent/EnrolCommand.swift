import ArgumentParser
import Credentials
import Curl
import Enrolment
import Glibc
import Keys
import SwiftProtobuf
import Wire

/// `haidang-agent enrol TOKEN`: makes a key, and lets the collector certify it.
struct EnrolCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enrol",
        abstract: "Make this machine known to a collector, with a token from `haidang enrol-token`.")

    @Argument(help: "The token, one line.")
    var token: String

    @Option(help: "The agent's state folder.")
    var state = EnrolCommand.serviceState

    func run() async throws {
        let token = try EnrolmentToken(token)
        try StateFile.makeFolder(state)
        let key = try PrivateKey.generate()
        var request = ProtoEnrolRequest()
        request.version = Limits.version
        request.secret = token.secret
        request.signingRequest = .init(try SigningRequest(commonName: "haidang-agent", key: key).der)
        request.hostname = Host.name
        request.machine = .init(try MachineMark.of(state: state))
        let reply = try await ask(token, body: try request.serializedBytes())
        let identity = Identity(
            collector: token.address, pinnedKey: token.fingerprint, key: key,
            certificate: try Certificate(pem: reply.certificate))
        try identity.keep(in: state)
        print("Enrolled at \(token.address) as agent \(reply.agent).")
        try start()
    }

    /// Has the service take up its identity; only the one whose state this is.
    private func start() throws {
        guard state == Self.serviceState else { return }
        guard Systemd.knows(Self.service) else {
            print("systemd does not run here: start the agent with `haidang-agent run`.")
            return
        }
        try Systemd.restart(Self.service)
        print("\(Self.service) is started.")
    }

    private static let serviceState = "/var/lib/haidang"
    private static let service = "haidang-agent.service"

    private func ask(_ token: EnrolmentToken, body: [UInt8]) async throws -> ProtoEnrolReply {
        let engine = CurlEngine()
        defer { engine.close() }
        var transfer = Transfer(
            "\(token.address)/agent/v1/enrol", method: "POST",
            headers: [Header("Content-Type", "application/x-protobuf")], body: body, timeout: .seconds(30))
        transfer.tls = TLSOptions(trust: .anybody, pinnedKey: token.fingerprint.description)
        switch await engine.perform(transfer) {
        case .failure(let error) where error.kind == .keyMismatch:
            throw Refused(
                "\(token.address) does not hold the key that the token names: it is another collector, or somebody in between"
            )
        case .failure(let error):
            throw Refused("\(token.address) does not answer: \(error)")
        case .success(let result):
            guard result.status == 200 else {
                let refusal = try ProtoRefusal(serializedBytes: result.body)
                throw Refused("the collector refused: \(refusal.problem) (\(refusal.code))")
            }
            return try ProtoEnrolReply(serializedBytes: result.body)
        }
    }

    private struct Refused: Error, CustomStringConvertible {
        var description: String

        init(_ description: String) {
            self.description = description
        }
    }
}

/// What tells this machine from others without saying which it is: SHA-256 over a word and the machine's own id.
enum MachineMark {
    static func of(state: String) throws -> [UInt8] {
        try Digest.sha256(Array("haidang\(try id(state: state))".utf8))
    }

    /// machine-id(5); a machine without one gets a random one of our own, kept in the state folder.
    private static func id(state: String) throws -> String {
        for path in ["/etc/machine-id", "/var/lib/dbus/machine-id"] where access(path, R_OK) == 0 {
            let id = try StateFile.read(path).prefix { !$0.isWhitespace }
            if !id.isEmpty { return String(id) }
        }
        let own = "\(state)/machine-id"
        if access(own, R_OK) == 0 { return try StateFile.read(own) }
        let made = Hex.encode(try Random.bytes(16))
        try StateFile.write(made, to: own)
        return made
    }
}
