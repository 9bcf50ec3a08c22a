import Detection
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
        /// The agent is cut off: what it asks is unknown.
        case blind
    }

    struct Chance: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
            return mixed ^ (mixed >> 31)
        }

        mutating func seconds(_ range: ClosedRange<Double>) -> Duration {
            .microseconds(Int64(Double.random(in: range, using: &self) * 1e6))
        }
    }

    static let sites = 120
    static let carriers = 4

    let dependencies: Dependencies
    /// What is wired to what.
    let parent: [Int64: Int64]
    private let behind: [Int64: [Int64]]
    /// The checks of each asset; the first is its reach.
    let checks: [Int64: [Int64]]
    let assetOf: [Int64: Int64]
    private(set) var faults: [Fault: Int] = [:]

    /// 1 backbone, 2…5 carriers; site n from 10·n: line, gateway, codec, PC. Check of asset a: a·10, a·10+1, …
    init(_ chance: inout Chance) {
        var (assets, parent, checks): ([Int64: Dependencies.Asset], [Int64: Int64], [Int64: [Int64]]) = ([:], [:], [:])
        var all: [(id: Int64, parent: Int64, site: String, depth: Int, services: Int64)] = [(1, 0, "", 0, 0)]
        for carrier in 2..<2 + Int64(Self.carriers) { all.append((carrier, 1, "", 0, 0)) }
        for site in 1...Int64(Self.sites) {
            let (base, name) = (site * 10, "site-\(site)")
            all.append((base, 2 + site % Int64(Self.carriers), name, 0, 0))
            all.append((base + 1, base, name, 1, 1))
            all.append((base + 2, base + 1, name, 3, 2))
            all.append((base + 3, base + 1, name, 3, 1))
        }
        for each in all {
            parent[each.id] = each.parent == 0 ? nil : each.parent
            checks[each.id] = (0...each.services).map { each.id * 10 + $0 }
            var via: [[Int64]] = each.parent == 0 ? [] : [[each.parent]]
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
        self.parent = parent
        self.checks = checks
        behind = Dictionary(grouping: parent.keys.sorted()) { parent[$0] ?? 0 }
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
        case .out(let asset):
            var (found, waiting): ([Int64], [Int64]) = ([], [asset])
            while let next = waiting.popLast() {
                found += checks[next] ?? []
                waiting += behind[next] ?? []
            }
            return found
        case .serviceDown(let check), .serviceSlow(let check): return [check]
        case .blind: return assetOf.keys.sorted()
        }
    }

    func outcome(of check: Int64) -> Outcome {
        if faults[.blind] != nil { return .unknown(Reason("agent-silent")) }
        var asset = assetOf[check]
        while let each = asset {
            if faults[.out(each)] != nil { return .down(Reason("no-reply")) }
            asset = parent[each]
        }
        if faults[.serviceDown(check)] != nil { return .down(Reason("status")) }
        return faults[.serviceSlow(check)] != nil ? .degraded(Reason("slow")) : .up
    }
}
