package import SQLite
import Synchronization

/// The collector's database: one writer, several readers, each on a thread of its own.
///
/// Bodies are synchronous, so nothing can slip into a transaction; readers see the last committed state (WAL).
package final class Database: Sendable {
    private let writer: Lane
    private let readers: [Lane]
    private let next = Atomic<Int>(0)
    private let failure = Mutex<String?>(nil)

    /// Opens the file, creating and migrating it; refuses one that a newer program has written.
    package init(path: String, readers count: Int = 3) async throws {
        let lane = Lane(label: "haidang.writer")
        try await lane.open(path: path, mode: .readWrite)
        try await lane.perform { connection in try Schema.migrate(connection) }
        writer = lane
        var lanes: [Lane] = []
        for index in 0..<count {
            let reader = Lane(label: "haidang.reader-\(index)")
            try await reader.open(path: path, mode: .readOnly)
            lanes.append(reader)
        }
        readers = lanes
    }

    /// One transaction: all of `body` is durable when this returns, or nothing of it.
    package func write<Result: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Result
    ) async throws -> Result {
        do {
            let (result, hasWritten) = try await writer.perform { connection in
                let before = connection.totalChanges
                let result = try connection.transaction { try body(connection) }
                return (result, connection.totalChanges != before)
            }
            // A transaction that changed nothing commits on a full disk, too.
            if hasWritten { failure.withLock { $0 = nil } }
            return result
        } catch let error as SQLiteError where error.isOfTheDisk {
            failure.withLock { $0 = error.description }
            throw error
        }
    }

    /// Why nothing can be made durable, e.g. a full disk; nil as soon as something was again.
    package var writeFailure: String? { failure.withLock { $0 } }

    /// Reads on one unchanging view.
    package func read<Result: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Result
    ) async throws -> Result {
        let (index, _) = next.wrappingAdd(1, ordering: .relaxed)
        let lane = readers[Int(bitPattern: UInt(bitPattern: index) % UInt(readers.count))]
        return try await lane.perform { connection in try connection.snapshot { try body(connection) } }
    }
}

/// A connection and the thread that alone uses it.
private actor Lane {
    private let executor: QueueExecutor
    private var connection: Connection?

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(label: String) {
        executor = QueueExecutor(label: label)
    }

    func open(path: String, mode: Connection.Mode) throws {
        connection = try Connection(path: path, mode: mode)
    }

    func perform<Result: Sendable>(_ body: @Sendable (Connection) throws -> Result) throws -> Result {
        guard let connection else { throw StorageError.closed }
        return try body(connection)
    }
}
