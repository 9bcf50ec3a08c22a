internal import ProcFS
internal import Synchronization
internal import Vocabulary

extension SheetBuilder {
    /// Who listens on which port; processes are gone through only for sockets that the last read did not know.
    mutating func addListeners(users: [UInt32: String], cache: FactsCache) {
        var byPath: [String: [OpenSocket]] = [:]
        for socket in openSockets(users: users, cache: cache) {
            byPath["\(socket.kind) \(socket.local)", default: []].append(socket)
        }
        for (key, sockets) in byPath {
            guard let (kind, local) = key[...].halves(at: " ") else { continue }
            // Several sockets on one port (SO_REUSEPORT) are mostly one program's; all are named.
            func named(_ values: [String]) -> String {
                Set(values.filter { !$0.isEmpty }).sorted().joined(separator: ",")
            }
            func add(_ part: String, _ value: String) {
                self.add(Fact("listen", String(kind), String(local), part, value: value))
            }
            add("program", named(sockets.map(\.program)))
            add("program-path", named(sockets.map(\.path)))
            add("user", named(sockets.map(\.user)))
        }
    }

    /// Every socket that waits for whoever comes.
    mutating func openSockets(users: [UInt32: String], cache: FactsCache) -> [OpenSocket] {
        var rows: [(kind: String, row: SocketRow)] = []
        for (file, kind) in [("tcp", "tcp"), ("tcp6", "tcp"), ("udp", "udp"), ("udp6", "udp")] {
            let isTCP = kind == "tcp"
            let text = text("/proc/net/\(file)", isEnough: { isTCP && SocketRow.isBeyondListeners($0) }) ?? ""
            rows += SocketRow.listeners(text, isTCP: isTCP).map { (kind, $0) }
        }
        let holders = holders(of: Set(rows.map(\.row.inode).filter { $0 != 0 }), cache: cache)
        return rows.map { kind, row in
            let holder = holders[row.inode]
            return OpenSocket(
                kind: kind, local: row.local, program: holder?.name ?? "", path: holder?.path ?? "",
                user: users[row.user] ?? String(row.user), inode: row.inode)
        }
    }

    private mutating func holders(of wanted: Set<UInt64>, cache: FactsCache) -> [UInt64: SocketHolder] {
        var found = cache.kept.withLock { $0.holders }.filter { wanted.contains($0.key) }
        // Kept while the same process still runs the same program.
        found = found.filter { executable(of: $0.value.process) == $0.value.path && !$0.value.path.isEmpty }
        var missing = wanted.subtracting(found.keys)
        var refused: FileError?
        let processes = missing.isEmpty ? [] : names("/proc").compactMap { UInt32($0) }.sorted()
        for process in processes where !missing.isEmpty {
            do throws(FileError) {
                try scan(String(process), for: &missing, into: &found)
            } catch {
                if error.isRefused, refused == nil { refused = error }
            }
        }
        if let refused, !missing.isEmpty {
            let remedy = Self.capabilityRemedy("CAP_DAC_READ_SEARCH CAP_SYS_PTRACE")
            see(not: BlindSpot("other-users-sockets", detail: refused.description, remedy: remedy))
        }
        cache.kept.withLock { $0.holders = found }
        return found
    }

    /// Goes through the descriptors of one process; one that ends meanwhile has none.
    private func scan(
        _ process: String, for missing: inout Set<UInt64>, into found: inout [UInt64: SocketHolder]
    ) throws(FileError) {
        for descriptor in try root.names("/proc/\(process)/fd") {
            let target: String
            do throws(FileError) {
                target = try root.link("/proc/\(process)/fd/\(descriptor)")
            } catch {
                if error.isRefused { throw error }
                continue
            }
            guard target.hasPrefix("socket:["), let inode = UInt64(target.dropFirst(8).dropLast()),
                missing.remove(inode) != nil
            else { continue }
            let path = executable(of: process)
            found[inode] = SocketHolder(
                process: process, path: path,
                name: path.split(separator: "/").last.map { String($0) } ?? command(of: process))
        }
    }

    /// Empty when it cannot be seen. A program that was replaced by an update while it runs keeps its path.
    private func executable(of process: String) -> String {
        do throws(FileError) {
            let path = try root.link("/proc/\(process)/exe")
            return path.hasSuffix(" (deleted)") ? String(path.dropLast(10)) : path
        } catch {
            return ""
        }
    }

    private func command(of process: String) -> String {
        do throws(FileError) {
            return try root.text("/proc/\(process)/comm").trimmed
        } catch {
            return ""
        }
    }
}
