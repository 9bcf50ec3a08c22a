import ArgumentParser
import ProbeSettings
import Sockets

/// `haidang-agent path TARGET`: which way packets go, and how large they may be.
struct PathCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "path", abstract: "Follow the path to a host, hop by hop.",
        discussion: "Exit status: 0 reached, 2 not reached, 3 could not be found out.")

    @Argument(help: "A host name or an address.")
    var target: String

    @Option(help: "Packets a hop.")
    var tries = 3

    @Option(help: "Find how much passes whole up to so many bytes an IP packet; 0: leave it.")
    var mtu = 1500

    @Option(help: "Mark the packets: a code point from 0 to 63, or a name such as ef.")
    var dscp = "0"

    @Option(name: .customLong("family"), help: "4 or 6; otherwise the system's first choice.")
    var family: Int?

    @Option(help: "How long it may take in all, e.g. 60s.")
    var timeout = "60s"

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        guard let codePoint = CodePoint.parse(dscp) else {
            throw ValidationError("--dscp takes a code point from 0 to 63 or a name such as ef, not \"\(dscp)\"")
        }
        guard let span = Duration(spelled: timeout), span > .zero else {
            throw ValidationError("--timeout takes a span such as 30s, not \"\(timeout)\"")
        }
        guard (1...10).contains(tries), mtu == 0 || (68...9000).contains(mtu) else {
            throw ValidationError("--tries takes a number from 1 to 10, --mtu 0 or one from 68 to 9000")
        }
        let wanted = try family.map { number in
            guard let family = AddressFamily(rawValue: number) else { throw ValidationError("--family takes 4 or 6") }
            return family
        }
        let engines = try Engines()
        defer { engines.close() }
        let deadline = ContinuousClock.now + span
        let address: SocketAddress
        do throws(ResolveError) {
            guard let first = try await engines.resolver.resolve(target, family: wanted, until: deadline).first else {
                throw ResolveError.notFound("no address")
            }
            address = first
        } catch {
            throw ValidationError("\(target): \(error.reason)")
        }
        let tracer = PathTracer(engine: engines.icmp)
        let trace = await tracer.trace(address, tries: tries, codePoint: codePoint, until: deadline)
        var largest: PathMTU?
        if mtu > 0, trace.end == .reached {
            largest = await tracer.mtu(to: address, upTo: mtu, codePoint: codePoint, until: deadline)
        }
        let report = PathReport(name: target, trace: trace, mtu: largest)
        print(json ? report.json : report.text)
        throw ExitCode(report.status)
    }
}
