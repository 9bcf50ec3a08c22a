import AgentKit
import ArgumentParser
import CollectorWatch
import Courier
import Credentials
import Curl

/// `haidang-agent dead-man`: who is told when the collector is silent, tried before it matters.
struct DeadManCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dead-man", abstract: "Try whether word of a silent collector would arrive.",
        discussion: """
            With dead-man-webhook or dead-man-mail-server in its settings, this agent says by a way of its own when the \
            collector has not answered for dead-man-after (40s), once, and when it is back.
            """, subcommands: [Test.self])

    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send one message, marked as a test, by each way that the settings name.",
            discussion: "Says what each receiver answered; ends with 1 where one did not take the message.")

        @OptionGroup var options: AgentOptions

        func run() async throws {
            let read = try options.read()
            guard read.deadMan.isOn else {
                throw ValidationError(
                    "nobody is to be told: neither dead-man-webhook nor dead-man-mail-server is in the settings")
            }
            let engine = CurlEngine()
            defer { engine.close() }
            let folder = read.agent.stateFolder
            let collector = Identity.exists(in: folder) ? try Identity(folder: folder).collector : "not enrolled"
            let message = DeadManMessage(read.deadMan, collector: collector, spool: read.agent.spool)
            let test = message.test(at: SystemTime().wall)
            var isTaken = true
            for telling in Telling.all(read, engine: engine) {
                let delivery = await telling.channel.send(test)
                isTaken = isTaken && delivery == .delivered
                print("\(telling.way): \(Self.words(delivery))")
            }
            if !isTaken { throw ExitCode.failure }
        }

        private static func words(_ delivery: Delivery) -> String {
            switch delivery {
            case .delivered: "delivered"
            case .deliveredInstead(let how): "delivered \(how)"
            case .retry(let problem, _): "not delivered, and trying again can help: \(problem)"
            case .refused(let problem): "refused: \(problem)"
            }
        }
    }
}
