import AgentKit
import CollectorWatch
import Inventory
import ProbeSettings
import Resources

/// What people load: resources, sheets of assets, the agent's settings.
enum FileParsers {
    static let all = [
        Parser("resources", resources), Parser("sheet", sheet), Parser("sheet-cells", sheetCells),
        Parser("agent-settings", agentSettings),
    ]

    /// What is exported is applied as the same.
    private static func resources(_ input: inout Input) {
        let text = input.text()
        guard let read = made({ () throws(ResourceErrors) in try ResourceReader.read(text, file: "f") }) else { return }
        let wanted = read.map(\.resource)
        guard let written = made({ () throws in try ResourceWriter.yaml(wanted) }) else {
            fatalError("what was read cannot be written")
        }
        do throws(ResourceErrors) {
            demandSame(try ResourceReader.read(written, file: "f").map(\.resource), wanted, "exported as \(written)")
        } catch {
            fatalError("exported as \(written), which is refused: \(error)")
        }
    }

    private static let known = SheetImport.Known(
        units: [SheetPlace(name: "so-tttt", title: "Sở TT&TT", code: "01")],
        sites: [SheetPlace(name: "hall", title: "Hội trường")],
        assets: [SheetAsset(name: "core-1", assetClass: "switch", book: [.code: "TS-1", .title: "Switch"])])

    private static func sheet(_ input: inout Input) {
        guard let sheet = made({ () throws(SheetFault) in try SheetReader.read(input.whole()) }) else { return }
        let plan = SheetImport(sheet, known: known) { AssetTarget.problem(of: $0, $1) }
        let names = plan.changedRows.map(\.asset.name)
        demandSame(Set(names).count, names.count, "two rows about one asset are both taken")
        for row in plan.changedRows {
            demand(AssetName.isGood(row.asset.name), "\(row.asset.name) is no name")
            for (field, value) in row.asset.book {
                demandSame(
                    made { () throws(BookError) in try BookValue.normal(value, for: field) }, value, field.rawValue)
            }
        }
        _ = (plan.badRows, plan.faults.map(\.description))
    }

    /// Cells come back as they were written, whatever stands in them.
    private static func sheetCells(_ input: inout Input) {
        let cells = (0..<4).map { _ in input.word().replacing("\u{feff}", with: "") }
        var writer = SheetWriter()
        writer.add(["a", "b", "c", "d"])
        writer.add(cells)
        guard let sheet = made({ () throws(SheetFault) in try SheetReader.read(writer.bytes) }) else {
            fatalError("what was written is refused")
        }
        let isBlank = cells.allSatisfy { $0.allSatisfy(\.isWhitespace) }
        demandSame(sheet.rows.map(\.cells), isBlank ? [] : [cells], "cells")
    }

    private static func agentSettings(_ input: inout Input) {
        let keys = AgentSettings.keys + DeadManSettings.keys
        let text = input.text()
        let file = made { () throws(AgentSettingsError) in try SettingsFile(text, file: "agent.conf", keys: keys) }
        guard let file else { return }
        _ = made { () throws(AgentSettingsError) in
            _ = try file.read { reader throws(SettingsError) in try AgentSettings(from: &reader) }
        }
    }
}
