internal import ProcFS
internal import Synchronization
internal import Vocabulary

extension SheetBuilder {
    /// What dpkg has installed; its list is parsed anew only when dpkg replaced it.
    mutating func addPackages(cache: FactsCache) {
        let path = "/var/lib/dpkg/status"
        do throws(FileError) {
            // The stamp before the bytes: a change in between is then seen by the next read.
            let stamp = try root.stamp(path)
            if let facts = cache.kept.withLock({ $0.packagesStamp == stamp ? $0.packages : nil }) {
                add(facts)
                return
            }
            let facts = InstalledPackage.parse(try root.bytes(path)).flatMap(\.facts).sorted { $0.path < $1.path }
            cache.kept.withLock { kept in
                kept.packagesStamp = stamp
                kept.packages = facts
            }
            add(facts)
        } catch {
            if error.isRefused { see(not: Self.unreadable(error)) }
        }
    }
}

extension InstalledPackage {
    fileprivate var facts: [Fact] {
        let key = "\(name):\(architecture)"
        return [
            Fact("package", key, "version", value: version), Fact("package", key, "source", value: source),
            Fact("package", key, "source-version", value: sourceVersion),
        ]
    }
}
