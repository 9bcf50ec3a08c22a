internal import Glibc
internal import ProcFS

/// Follows a log file across rotation, truncation and restarts: every whole line once.
///
/// The place in the file is its inode, the offset and the bytes before it: a file that was truncated and has grown
/// again, or whose inode was given to a new one, is known by those.
struct LogFile {
    struct Place: Hashable, Sendable {
        var inode: UInt64
        var offset: Int64
        /// A hash of the last bytes before the offset, and how many those are.
        var mark: UInt64
        var marked: Int64
    }

    private static let markBytes: Int64 = 64
    private static let chunk = 256 << 10
    /// Read in one look at most; the rest comes with the next.
    private static let most = 4 << 20
    /// A line that is longer is no line of a log.
    private static let longest = 64 << 10

    let root: Root
    let path: String
    private(set) var place: Place?

    init(root: Root, path: String, place: Place?) {
        self.root = root
        self.path = path
        self.place = place
    }

    /// The lines that came since the last look, each handed on once. The first look of all only takes its place.
    mutating func look(_ take: (Substring) -> Void) throws(FileError) {
        let file = try LogDescriptor(root, path)
        guard let before = place else {
            place = try Self.place(in: file, at: file.size)
            return
        }
        var room = Self.most
        if !(try Self.fits(before, file)) {
            try finish(before, &room, take)
            guard room > 0 else { return }
            place = Place(inode: file.inode, offset: 0, mark: 0, marked: 0)
        }
        try read(file, &room, take)
    }

    /// What was added to the file before it was rotated away; it still bears the first of the rotated names.
    private mutating func finish(_ before: Place, _ room: inout Int, _ take: (Substring) -> Void) throws(FileError) {
        let old: LogDescriptor
        do throws(FileError) {
            old = try LogDescriptor(root, path + ".1")
        } catch {
            if error.isAbsent { return }
            throw error
        }
        guard try Self.fits(before, old) else { return }
        try read(old, &room, take)
    }

    private mutating func read(
        _ file: borrowing LogDescriptor, _ room: inout Int, _ take: (Substring) -> Void
    ) throws(FileError) {
        guard var offset = place?.offset else { return }
        let begun = offset
        while room > 0 {
            let bytes = try file.bytes(at: offset, count: Int(min(Int64(Self.chunk), max(0, file.size - offset))))
            guard let end = bytes.lastIndex(of: UInt8(ascii: "\n")) else {
                // Nothing whole yet; what can never become a line is passed over.
                guard bytes.count >= Self.longest else { break }
                offset += Int64(bytes.count)
                room -= bytes.count
                continue
            }
            for line in bytes[..<end].split(separator: UInt8(ascii: "\n")) where line.count <= Self.longest {
                take(Substring(decoding: line, as: UTF8.self))
            }
            offset += Int64(end + 1)
            room -= end + 1
        }
        if offset != begun || place?.inode != file.inode { place = try Self.place(in: file, at: offset) }
    }

    private static func place(in file: borrowing LogDescriptor, at offset: Int64) throws(FileError) -> Place {
        let marked = min(offset, markBytes)
        let bytes = try file.bytes(at: offset - marked, count: Int(marked))
        return Place(inode: file.inode, offset: offset, mark: hash(bytes), marked: marked)
    }

    /// Whether it is the file that the place is in.
    private static func fits(_ place: Place, _ file: borrowing LogDescriptor) throws(FileError) -> Bool {
        guard place.inode == file.inode, file.size >= place.offset else { return false }
        let bytes = try file.bytes(at: place.offset - place.marked, count: Int(place.marked))
        return bytes.count == Int(place.marked) && hash(bytes) == place.mark
    }

    /// FNV-1a, 64 bits.
    private static func hash(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    }
}

/// An open log file.
struct LogDescriptor: ~Copyable {
    private let descriptor: Int32
    private let path: String
    let inode: UInt64
    let size: Int64

    init(_ root: Root, _ path: String) throws(FileError) {
        // A pipe in the place of the log must not hold the agent up.
        let descriptor = open(root.absolute(path), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        guard descriptor >= 0 else { throw FileError(path: path, code: errno) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw FileError(path: path, code: EINVAL)
        }
        self.descriptor = descriptor
        self.path = path
        inode = UInt64(status.st_ino)
        size = Int64(status.st_size)
    }

    deinit { close(descriptor) }

    /// At most so many bytes; fewer only at the end of the file.
    func bytes(at offset: Int64, count: Int) throws(FileError) -> [UInt8] {
        guard count > 0 else { return [] }
        var code: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count, let base = buffer.baseAddress {
                let got = pread(descriptor, base + filled, count - filled, off_t(offset) + filled)
                if got < 0, errno == EINTR { continue }
                if got < 0 { code = errno }
                if got <= 0 { break }
                filled += got
            }
        }
        guard code == 0 else { throw FileError(path: path, code: code) }
        return bytes
    }
}
