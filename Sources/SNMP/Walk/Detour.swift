/// The way around variables that an agent cannot put into an answer: many then say that nothing comes after the one before,
/// and thousands may follow.
///
/// Places beyond are asked all at once, in one GETNEXT: at a true end each of them is the end, too. Between the last that
/// is "the end" and the first that is not, the next question looks closer.
struct Detour: Hashable, Sendable {
    /// A walk takes so many at most.
    static let most = 64
    /// So many variables fit into any datagram, with the answers.
    private static let widest = 48
    private static let rounds = 4

    /// What to ask by one GETNEXT, in order.
    private(set) var places: [OID]
    /// The first variable beyond, as far as is known.
    private(set) var landing: VarBind?
    private let start: OID
    private var round = 0

    /// The way on after `start`: the next rows of its column, then beside each subtree that holds it, the nearest first.
    init(after start: OID) {
        self.start = start
        places = Self.chosen(Self.beside(start, steps: 2, rows: 8), above: start, below: nil)
    }

    /// Takes the answer; true when `landing` is as near as it will be, or nil for good.
    mutating func take(_ binds: VarBindList) -> Bool {
        let answers = zip(places, binds)
        let found = answers.first { $0.1.value != .endOfMibView && start < $0.1.oid }
        guard let found, landing.map({ found.1.oid < $0.oid }) ?? true else { return true }
        landing = found.1
        round += 1
        guard round < Self.rounds, let bad = places.last(where: { $0 < found.0 }) else { return true }
        let closer = (1...8).flatMap { step -> [OID] in
            let inner = bad + [UInt32(step)]
            return [inner, inner + [0]]
        }
        places = Self.chosen(closer + Self.beside(bad, steps: 8, rows: 8), above: bad, below: found.0)
        return places.isEmpty
    }

    /// Those that end in 0 and 1 go past a scalar and past a first row, which nothing shorter goes past.
    private static func beside(_ oid: OID, steps: UInt32, rows: UInt32) -> [OID] {
        var places: [OID] = []
        var held = oid.arcs
        // Nothing that is walked stands beside the roots of the tree.
        while held.count > 4, let last = held.popLast() {
            let isRow = held.count == oid.count - 1
            let count = isRow ? rows : steps
            for step in 1...count where last <= .max - step {
                let beside = OID(held + [last + step])
                places += isRow ? [beside] : [beside, beside + [0], beside + [1]]
            }
        }
        return places
    }

    private static func chosen(_ places: [OID], above: OID, below: OID?) -> [OID] {
        let fitting = places.filter { place in above < place && (below.map { place < $0 } ?? true) }
        return Set(fitting.prefix(widest)).sorted()
    }
}
