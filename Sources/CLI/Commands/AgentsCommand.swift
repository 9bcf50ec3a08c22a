import ArgumentParser

/// `haidang agents`: whether their word can be trusted, and what they cannot see.
struct AgentsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agents",
        abstract: "The agents: when last heard of, what waits on their disks, what they cannot see.")

    @OptionGroup var collector: CollectorOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let answer = try await Collector(collector).ask("GET", "agents")
        if output.json {
            print(answer.text)
            return
        }
        let agents = try answer.decoded(as: [Agent].self)
        var table = Table(["ASSET", "VERSION", "LAST SEEN", "CHECKS", "SPOOLED", "DROPPED"])
        for agent in agents {
            table.add([
                agent.asset, agent.version, agent.lastSeen ?? "never", "\(agent.checks)", "\(agent.spooledReports)",
                "\(agent.dropped)",
            ])
        }
        print(table.text)
        for agent in agents {
            for clone in agent.clonesSuspected {
                print(
                    "\(agent.asset): clone suspected: \(clone.address) (\(clone.hostname)) reports with the identity of "
                        + "\(agent.address) (\(agent.hostname)); its reports are refused since it came later")
                print("    on the copy: \(Self.remedy)")
            }
            for spot in agent.blindSpots {
                print("\(agent.asset) cannot see \(spot.code): \(spot.detail)")
                if !spot.remedy.isEmpty { print("    \(spot.remedy)") }
            }
        }
    }

    private static let remedy =
        "rm -f /etc/machine-id /var/lib/*/machine-id && systemd-machine-id-setup && haidang-agent enrol TOKEN"

    private struct Agent: Decodable {
        var asset: String
        var address: String
        var hostname: String
        var clonesSuspected: [Sighting]
        var version: String
        var lastSeen: String?
        var checks: Int
        var spooledReports: Int
        var dropped: Int
        var blindSpots: [BlindSpot]
    }

    private struct Sighting: Decodable {
        var address: String
        var hostname: String
    }

    private struct BlindSpot: Decodable {
        var code: String
        var detail: String
        var remedy: String
    }
}
