import Inventory
import SQLite
import Storage
import Vocabulary

extension ApplyPlan {
    func put(_ assets: [(Declaration, AssetResource)], at now: Instant, in connection: Connection) throws {
        let (store, books, links) = (AssetStore(connection), BookStore(connection), LinkStore(connection))
        var rows: [String: Int64] = [:]
        for (_, asset) in assets {
            let id = try store.put(
                name: asset.name, assetClass: asset.assetClass, address: asset.address, url: asset.url,
                unit: asset.unit, site: asset.site, importance: asset.importance, hours: asset.hours,
                flapping: asset.flapping, answers: asset.asked, exporter: asset.exporter, at: now)
            rows[asset.name] = id
            // All books are emptied before the first is written: a file may give one asset's code to another.
            try books.put([:], assetID: id)
        }
        for (declaration, asset) in assets {
            guard let id = rows[asset.name] else { continue }
            if let code = asset.book[.code], let holder = try books.asset(withCode: code) {
                let name = try store.asset(id: holder)?.name ?? "?"
                throw ResourceErrors(errors: [declaration.error("the code \(code) belongs to \(name) already")])
            }
            try books.put(asset.book.reduce(into: [:]) { $0[$1.key.rawValue] = $1.value }, assetID: id)
            let vias = try asset.via.map { group in
                try group.compactMap { try rows[$0] ?? store.asset(named: $0, scope: .everything)?.id }
            }
            try links.put(vias, assetID: id)
            try AssetSecretStore(connection).put(asset.secrets, assetID: id)
        }
    }

    mutating func planChecks(
        of asset: AssetResource, _ declaration: Declaration, at now: Instant, in connection: Connection,
        ruled: ([Check]) -> [Check]
    ) throws {
        guard let id = try AssetStore(connection).id(named: asset.name) else { return }
        let own = try AgentStore(connection).agent(assetID: id)
        let store = CheckStore(connection)
        var current = try store.active(assetID: id)
        let wanted: [Check]
        if own != nil {
            // A machine with an agent gets its checks from its facts, but for those by its plug-ins.
            current = current.filter { $0.check.kind == "exec" }
            wanted = ruled(
                DeclaredChecks.plugins(
                    asset: asset.name, host: DeclaredChecks.host(address: asset.address, url: asset.url),
                    answers: asset.asked))
        } else {
            wanted = ruled(
                DeclaredChecks.checks(
                    asset: asset.name, assetClass: asset.assetClass, address: asset.address, url: asset.url,
                    answers: asset.asked, exporter: asset.exporter, secrets: asset.secrets))
        }
        try PluginUse.judge(wanted, ofMachine: own != nil, declaration)
        guard !wanted.isEmpty || !current.isEmpty else { return }
        guard let vantage = try own ?? AgentStore(connection).first() else {
            throw ResourceErrors(errors: [
                declaration.error("no agent is enrolled yet: nobody could ask it anything")
            ])
        }
        let plan = CheckPlan(
            wanted: wanted,
            current: current.map { .init(check: $0.check, created: $0.created, vanished: $0.vanished) })
        for check in plan.put { try store.put(check, assetID: id, agent: vantage, at: now) }
        // A person took it away on purpose: nothing is to be seen failing after that.
        for name in plan.vanish { try store.remove(name, at: now) }
        if !plan.put.isEmpty || !plan.vanish.isEmpty { reassigned.insert(vantage) }
    }
}
