import AgentKit
import CollectorWatch
import Credentials
import Curl
import Glibc
import Logging
import Spool

extension DeadManWatch {
    /// The dead-man of these settings, which asks through `link` and remembers in the state folder.
    static func stage(
        _ read: AgentOptions.Read, collector: String, link: HeardLink, hearing: Hearing, engine: CurlEngine, log: Logger
    ) -> DeadManWatch {
        let path = "\(read.agent.stateFolder)/dead-man"
        return DeadManWatch(
            .init(
                patience: read.deadMan.after, tellings: Telling.all(read, engine: engine),
                message: DeadManMessage(read.deadMan, collector: collector, spool: read.agent.spool), hearing: hearing,
                link: link, ledger: ledger(at: path, log), keep: { try StateFile.write($0.text, to: path) }, log: log))
    }

    private static func ledger(at path: String, _ log: Logger) -> DeadManLedger {
        guard access(path, F_OK) == 0 else { return DeadManLedger() }
        do {
            return try DeadManLedger(try StateFile.read(path))
        } catch {
            log.error("Whom the dead-man has told is not known any more", metadata: ["problem": "\(path): \(error)"])
            return DeadManLedger()
        }
    }
}

extension DeadManMessage {
    init(_ settings: DeadManSettings, collector: String, spool: SpoolBounds) {
        self.init(language: settings.language, collector: collector, agent: Host.name, kept: spool.age)
    }
}

extension Telling {
    static func all(_ read: AgentOptions.Read, engine: CurlEngine) -> [Telling] {
        all(read.deadMan, secrets: read.secrets, engine: engine, now: { SystemTime().wall })
    }
}
