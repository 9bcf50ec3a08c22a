import Detection
import TestSupport
import Vocabulary

/// A province with 120 sites as it really is, and what one agent comes to believe of it; time is virtual.
///
/// One asset in five stands without its link, one in twenty with a wrong one: what is declared is not what is wired.
struct AlertWorld {
    enum Fault: Hashable {
        /// Nothing answers of the asset, nor of what is wired behind it.
        case out(Int64)
        case serviceDown(Int64)
        case serviceSlow(Int64)
        /// Some of what is asked of the asset, and of what is wired behind it, is lost.
        case lossy(Int64)
        /// The agent is cut off: what it asks is unknown.
        case blind
    }

    static let sites = 120
    static let carriers = 4

    let dependencies: Dependencies
    /// What is wired to what; with several wires one is enough.
    let wires: [Int64: [Int64]]
    private let behind: [Int64: [Int64]]
    /// The checks of each asset; the first is its reach.
    let checks: [Int64: [Int64]]
    let assetOf: [Int64: Int64]
    private(set) var faults: [Fault: Int] = [:]

    /// 1 backbone, 2…5 carriers; site n from 10·n: line, gateway, codec, PC. Check of asset a: a·10, a·10+1, …
    ///
    /// Every eighth site has a line to a second carrier.
    init(_ chance: inout Dice) {
        var (assets, wires, checks): ([Int64: Dependencies.Asset], [Int64: [Int64]], [Int64: [Int64]]) = ([:], [:], [:])
        var all: [(id: Int64, wires: [Int64], site: String, depth: Int, services: Int64)] = [(1, [], "", 0, 0)]
        for carrier in 2..<2 + Int64(Self.carriers) { all.append((carrier, [1], "", 0, 0)) }
        for site in 1...Int64(Self.sites) {
            let (base, name, carrier) = (site * 10, "site-\(site)", 2 + site % Int64(Self.carriers))
            all.append((base, site % 8 == 0 ? [carrier, carrier + 1] : [carrier], name, 0, 0))
            all.append((base + 1, [base], name, 1, 1))
            all.append((base + 2, [base + 1], name, 3, 2))
            all.append((base + 3, [base + 1], name, 3, 1))
        }
        for each in all {
            wires[each.id] = each.wires
            checks[each.id] = (0...each.services).map { each.id * 10 + $0 }
            var via: [[Int64]] = each.wires.isEmpty ? [] : [each.wires]
            let draw = Int.random(in: 0..<100, using: &chance)
            if !each.site.isEmpty, draw < 20 { via = [] }
            if !each.site.isEmpty, draw >= 20, draw < 25 {
                via = [[10 * Int64.random(in: 1...Int64(Self.sites), using: &chance)]].filter { $0 != [each.id] }
            }
            assets[each.id] = Dependencies.Asset(
                importance: each.id < 10 ? .core : .normal, site: each.site, depth: each.depth, via: via,
                reach: [.check(each.id * 10)])
        }
        dependencies = Dependencies(assets)
        self.wires = wires
        self.checks = checks
        var behind: [Int64: [Int64]] = [:]
        for each in all { for wire in each.wires { behind[wire, default: []].append(each.id) } }
        self.behind = behind
        var assetOf: [Int64: Int64] = [:]
        for (asset, own) in checks { for check in own { assetOf[check] = asset } }
        self.assetOf = assetOf
    }

    mutating func begin(_ fault: Fault) { faults[fault, default: 0] += 1 }

    mutating func end(_ fault: Fault) {
        faults[fault, default: 0] -= 1
        if faults[fault] == 0 { faults[fault] = nil }
    }

    /// Checks that a fault touches.
    func touched(by fault: Fault) -> [Int64] {
        switch fault {
        case .out(let asset): return reached(from: asset).flatMap { checks[$0] ?? [] }.sorted()
        case .lossy(let asset): return reached(from: asset).map { $0 * 10 }.sorted()
        case .serviceDown(let check), .serviceSlow(let check): return [check]
        case .blind: return assetOf.keys.sorted()
        }
    }

    private func reached(from asset: Int64) -> Set<Int64> {
        var (found, waiting): (Set<Int64>, [Int64]) = ([], [asset])
        while let next = waiting.popLast() {
            guard found.insert(next).inserted else { continue }
            waiting += behind[next] ?? []
        }
        return found
    }

    func outcome(of check: Int64) -> Outcome {
        if faults[.blind] != nil { return .unknown(Reason("agent-silent")) }
        if let asset = assetOf[check] {
            if isOut(asset) { return .down(Reason("no-reply")) }
            if Self.isReach(check), isLossy(asset) { return .degraded(Reason("packet-loss")) }
        }
        if faults[.serviceDown(check)] != nil { return .down(Reason("status")) }
        return faults[.serviceSlow(check)] != nil ? .degraded(Reason("slow")) : .up
    }

    static func isReach(_ check: Int64) -> Bool { check.isMultiple(of: 10) }

    private func isLossy(_ asset: Int64) -> Bool {
        if faults[.lossy(asset)] != nil { return true }
        let wires = wires[asset] ?? []
        return !wires.isEmpty && wires.allSatisfy(isLossy)
    }

    private func isOut(_ asset: Int64) -> Bool {
        if faults[.out(asset)] != nil { return true }
        let wires = wires[asset] ?? []
        return !wires.isEmpty && wires.allSatisfy(isOut)
    }
}

extension Dice {
    mutating func seconds(_ range: ClosedRange<Double>) -> Duration {
        .microseconds(Int64(Double.random(in: range, using: &self) * 1e6))
    }
}
