import Foundation
import Gzip
import TestSupport
import Testing

@Suite struct GzipTests {
    private let text = Array("Hải Đăng, hải đăng, hải đăng\n".utf8)

    @Test(arguments: [0, 1, 16 * 1024, 16 * 1024 + 1, 300_000]) func whatIsPackedUnpacks(count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }
        #expect(try gunzip(gzip(bytes), limit: count) == bytes)
    }

    @Test func packsTextSmallerAndAlwaysAlike() throws {
        let page = Array(repeating: text, count: 200).flatMap { $0 }
        let packed = try gzip(page)
        #expect(packed.count < page.count / 20)
        #expect(try gzip(page) == packed)
    }

    @Test func theCommandReadsItAndIsRead() throws {
        let folder = try TemporaryFolder()
        try Data(gzip(text)).write(to: folder.url("ours.gz"))
        #expect(try Command.run("gzip", "-dc", folder.path("ours.gz")).output == text)
        try Data(text).write(to: folder.url("theirs"))
        let theirs = try Command.run("gzip", "-c", folder.path("theirs")).output
        #expect(try gunzip(theirs, limit: 1000) == text)
    }

    @Test func membersInARowAreJoined() throws {
        #expect(try gunzip(gzip(text) + gzip([]) + gzip(text), limit: 1000) == text + text)
    }

    @Test func theLimitIsWhatUnpacksAndNotOneByteMore() throws {
        let packed = try gzip(text)
        #expect(try gunzip(packed, limit: text.count) == text)
        #expect(throws: GzipError.tooLarge(limit: text.count - 1)) { try gunzip(packed, limit: text.count - 1) }
        #expect(throws: GzipError.tooLarge(limit: text.count)) { try gunzip(packed + packed, limit: text.count) }
    }

    /// 8 MiB of zeros in 8 KiB; the limit stops it after one buffer.
    @Test func aBombIsRefused() throws {
        let bomb = try gzip([UInt8](repeating: 0, count: 8 << 20), level: 9)
        #expect(bomb.count < 16 * 1024)
        #expect(throws: GzipError.tooLarge(limit: 1000)) { try gunzip(bomb, limit: 1000) }
    }

    @Test func aBombCostsNoMemory() throws {
        let member = try gzip([UInt8](repeating: 0, count: 8 << 20), level: 9)
        let bomb = Array(repeating: member, count: 64).flatMap { $0 }
        let before = try Memory.peakKilobytes()
        #expect(throws: GzipError.tooLarge(limit: 400 << 20)) { try gunzip(bomb, limit: 400 << 20) }
        // 512 MiB unpacked, 400 MiB allowed: other tests run beside this one, so the bound is generous.
        #expect(try Memory.peakKilobytes() - before < 100 << 10)
    }

    @Test func everyTruncationIsSaid() throws {
        let packed = try gzip(text)
        for length in 0..<packed.count {
            #expect(throws: GzipError.truncated) { try gunzip(Array(packed.prefix(length)), limit: 1000) }
        }
    }

    @Test(arguments: [[0], [0x1f], [1, 2, 3]] as [[UInt8]]) func bytesBehindTheLastMemberAreRefused(rest: [UInt8])
        throws
    {
        let packed = try gzip(text)
        #expect(throws: GzipError.trailing(bytes: rest.count)) { try gunzip(packed + rest, limit: 1000) }
    }

    @Test func whatIsNoGzipIsCorrupt() {
        #expect(throws: GzipError.corrupt("incorrect header check")) { try gunzip(text, limit: 1000) }
    }

    /// Any byte changed: the same text (a header byte nobody checks), or an error; never a trap, never more bytes.
    @Test func everyChangedByteIsRefusedOrHarmless() throws {
        let packed = try gzip(text)
        for index in packed.indices {
            for flip in [0x01, 0x04, 0x80, 0xff] as [UInt8] {
                var changed = packed
                changed[index] ^= flip
                let unpacked = try? gunzip(changed, limit: 1000)
                #expect(unpacked == nil || unpacked == text)
            }
        }
    }
}
