internal import Glibc
package import ProcFS

/// The reads of one run, and a line of trace for each that went wrong.
package final class HostFiles {
    private let root: Root
    package var trace: [String] = []

    package init(root: Root) {
        self.root = root
    }

    /// Reads and parses; nil, with a line of trace, when either fails.
    package func read<Value>(_ path: String, _ parse: (String) -> Value?) -> Value? {
        do throws(FileError) {
            if let value = parse(try root.text(path)) { return value }
            trace.append("\(path): not understood")
        } catch {
            trace.append(error.description)
        }
        return nil
    }

    /// The same for what older kernels lack, or are told at boot to leave out: that is no line of trace.
    package func readIfPresent<Value>(_ path: String, _ parse: (String) -> Value?) -> Value? {
        do throws(FileError) {
            return parse(try root.text(path))
        } catch {
            if !error.isAbsent, error.code != EOPNOTSUPP { trace.append(error.description) }
            return nil
        }
    }

    /// How many names in a folder are of a kind.
    package func count(_ path: String, where isCounted: (String) -> Bool) -> Double? {
        do throws(FileError) {
            return Double(try root.names(path).count(where: isCounted))
        } catch {
            trace.append(error.description)
            return nil
        }
    }
}
