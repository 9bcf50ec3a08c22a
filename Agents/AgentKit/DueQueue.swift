/// What is to be done, in order of time: a binary heap, so that thousands a second cost little.
struct DueQueue<Time: Comparable & Sendable, Value: Sendable>: Sendable {
    struct Item: Sendable {
        var due: Time
        var value: Value
    }

    private var items: [Item] = []

    var first: Item? { items.first }

    mutating func insert(_ value: Value, due: Time) {
        items.append(Item(due: due, value: value))
        var child = items.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard items[child].due < items[parent].due else { return }
            items.swapAt(child, parent)
            child = parent
        }
    }

    mutating func removeFirst() -> Item? {
        guard let first = items.first, let last = items.popLast() else { return nil }
        guard !items.isEmpty else { return first }
        items[0] = last
        var parent = 0
        while true {
            var smallest = parent
            let (left, right) = (2 * parent + 1, 2 * parent + 2)
            if left < items.count, items[left].due < items[smallest].due { smallest = left }
            if right < items.count, items[right].due < items[smallest].due { smallest = right }
            guard smallest != parent else { return first }
            items.swapAt(parent, smallest)
            parent = smallest
        }
    }
}
