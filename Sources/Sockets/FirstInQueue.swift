/// What is taken in the order in which it came.
///
/// What was taken goes out of memory now and then, so that neither its room nor the moving costs more and more.
struct FirstInQueue<Value: Sendable>: Sendable {
    private var values: [Value] = []
    private var taken = 0

    var isEmpty: Bool { taken == values.count }
    var count: Int { values.count - taken }

    mutating func append(_ value: Value) {
        values.append(value)
    }

    mutating func popFirst() -> Value? {
        guard taken < values.count else { return nil }
        defer { drop() }
        taken += 1
        return values[taken - 1]
    }

    private mutating func drop() {
        if taken == values.count {
            values.removeAll(keepingCapacity: taken <= 4096)
            taken = 0
        } else if taken >= 4096, taken > values.count / 2 {
            values.removeFirst(taken)
            taken = 0
        }
    }
}
