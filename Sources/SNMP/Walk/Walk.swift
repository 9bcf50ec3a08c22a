/// Reads some subtrees of a device in as few requests as it bears, as a value: what to ask next, and what came.
///
/// GETBULK runs on past the end of a subtree, and answers are in order: what it brings there shows which of the next
/// subtrees are empty, so that absent ones cost nothing. SNMPv1 has GETNEXT alone. Neither sockets nor clocks are known.
package struct Walk: Sendable {
    /// What to ask next.
    package struct Request: Hashable, Sendable {
        package var after: OID
        /// Nil: by GETNEXT.
        package var repetitions: Int32?
        /// When there are any, all these are asked by one GETNEXT instead.
        package var places: [OID] = []
    }

    /// Why part of a subtree was left unread.
    package enum Problem: Hashable, Sendable {
        /// The agent answered with an OID that does not come after the one asked: it would go round for ever.
        case notIncreasing(after: OID, got: OID)
        case noAnswer(after: OID)
        case error(status: Int32, after: OID)
        /// An answer without a single variable.
        case empty(after: OID)
        /// More variables than the walk may bring.
        case tooMany(after: OID)
    }

    /// The subtrees, in order and none within another.
    private let roots: [OID]
    private let bulk: Bool
    private let limit: Int
    private var index = 0
    private var cursor: OID
    private var pace: Repetitions
    private var timeouts = 0
    private var barrenRoots = 0
    /// The way around what the agent stumbled over, while it is looked for.
    private var detour: Detour?
    private var detours = 0
    /// Variables that the subtrees hold, so far.
    package private(set) var count = 0
    package private(set) var problems: [Problem] = []

    /// `limit`: so many variables at most, lest a device without end fill the memory.
    package init(_ roots: [OID], bulk: Bool, pace: Repetitions = Repetitions(), limit: Int = 200_000) {
        var kept: [OID] = []
        for root in roots.sorted() where !(kept.last.map { root.isWithin($0) } ?? false) { kept.append(root) }
        self.roots = kept
        self.bulk = bulk
        self.pace = pace
        self.limit = limit
        cursor = kept.first ?? []
    }

    /// How many repetitions the device turned out to bear.
    package var repetitions: Repetitions { pace }

    /// Nil when everything is read, or given up.
    package var request: Request? {
        guard index < roots.count else { return nil }
        if let detour { return Request(after: cursor, places: detour.places) }
        return Request(after: cursor, repetitions: bulk ? pace.current : nil)
    }

    /// Takes the variables of an answer to `request`; those that belong to the subtrees.
    package mutating func take(_ binds: VarBindList) -> VarBindList {
        timeouts = 0
        barrenRoots = 0
        if let detour { return goAround(detour, binds) }
        guard !binds.isEmpty else {
            giveUp(.empty(after: cursor))
            return []
        }
        pace.succeeded()
        // Most answers lie within the subtree from end to end, and are taken as they are.
        if isWithin(roots[index], binds), let last = binds.last {
            move(to: last.oid, with: binds.count)
            return binds
        }
        var taken = VarBindList()
        var last = cursor
        for bind in binds {
            if case .endOfMibView = bind.value {
                cursor = max(last, roots[index])
                count += taken.count
                endReached()
                return taken
            }
            guard last < bind.oid else {
                giveUp(.notIncreasing(after: last, got: bind.oid))
                count += taken.count
                return taken
            }
            last = bind.oid
            // Answers are without gaps: a subtree that begins before this one, and does not hold it, has ended.
            while index < roots.count, roots[index] < bind.oid, !bind.oid.isWithin(roots[index]) { index += 1 }
            guard index < roots.count else { break }
            if bind.oid.isWithin(roots[index]) { taken.append(bind) }
        }
        if index < roots.count {
            move(to: max(last, roots[index]), with: taken.count)
        } else {
            count += taken.count
        }
        return taken
    }

    /// Whether they are variables of the subtree, each after the one before.
    private func isWithin(_ root: OID, _ binds: VarBindList) -> Bool {
        let last = binds.count - 1
        // What is in order and begins and ends in a subtree is all of it there.
        return binds.value(at: last) != .endOfMibView && binds.isWithin(root, at: last) && binds.isAfter(cursor, at: 0)
            && binds.isAscending
    }

    private mutating func move(to oid: OID, with taken: Int) {
        count += taken
        cursor = oid
        guard count >= limit else { return }
        problems.append(.tooMany(after: cursor))
        index = roots.count
    }

    /// The device answered with an error status.
    package mutating func take(error status: Int32) {
        timeouts = 0
        if detour != nil {
            endHere()
            return
        }
        switch status {
        case ErrorStatus.tooBig where bulk && pace.halve():
            return
        case ErrorStatus.noSuchName where !bulk:
            // SNMPv1's end of everything that the community may see.
            index = roots.count
        default:
            giveUp(.error(status: status, after: cursor))
        }
    }

    /// No answer came. Fewer repetitions may get through where an answer was too long; a single variable is asked for
    /// three times, and two subtrees in a row that stay silent end the walk.
    package mutating func timedOut() {
        timeouts += 1
        if detour != nil {
            if timeouts >= 3 { endHere() }
            return
        }
        if bulk, pace.halve() { return }
        guard timeouts >= 3 else { return }
        barrenRoots += 1
        timeouts = 0
        giveUp(.noAnswer(after: cursor))
        if barrenRoots >= 2 { index = roots.count }
    }

    /// The agent says that nothing comes after the cursor: it is believed when it says so of all that is asked then.
    private mutating func endReached() {
        detours += 1
        if bulk, detours <= Detour.most { detour = Detour(after: cursor) }
        if detour?.places.isEmpty ?? true { endHere() }
    }

    private mutating func goAround(_ way: Detour, _ binds: VarBindList) -> VarBindList {
        var way = way
        guard way.take(binds) else {
            detour = way
            return []
        }
        detour = nil
        guard let landing = way.landing else {
            endHere()
            return []
        }
        return take([landing])
    }

    private mutating func endHere() {
        detour = nil
        index = roots.count
    }

    private mutating func giveUp(_ problem: Problem) {
        problems.append(problem)
        index += 1
        if index < roots.count { cursor = roots[index] }
    }
}
