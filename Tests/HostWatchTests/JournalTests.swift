import HostWatch
import SecurityRules
import Testing
import Vocabulary

struct JournalTests {
    private let entry = """
        __CURSOR=s=1;i=2
        __REALTIME_TIMESTAMP=1680674828000000
        SYSLOG_IDENTIFIER=sshd
        _PID=42
        _UID=0
        MESSAGE=Failed password for root from 192.0.2.7 port 4711 ssh2


        """

    @Test
    func entriesComeWholeHoweverTheBytesAreCut() {
        let bytes = Array((entry + entry).utf8)
        for cut in 0...bytes.count {
            var export = JournalExport()
            let entries = export.take(Array(bytes[..<cut])) + export.take(Array(bytes[cut...]))
            #expect(entries.count == 2 && entries[1].cursor == "s=1;i=2")
            #expect(entries[0].logged?.record.program == "sshd" && entries[0].logged?.record.process == "42")
            #expect(entries[0].logged?.time.seconds == 1_680_674_828)
        }
    }

    @Test
    func aBinaryValueIsReadByItsLength() {
        let message = Array("a\n\nSYSLOG_IDENTIFIER=sudo".utf8)
        let bytes =
            Array("__CURSOR=x\n__REALTIME_TIMESTAMP=1\nSYSLOG_IDENTIFIER=sshd\nMESSAGE\n".utf8)
            + [UInt8(message.count), 0, 0, 0, 0, 0, 0, 0] + message + Array("\n\n".utf8)
        for cut in 0...bytes.count {
            var export = JournalExport()
            let entries = export.take(Array(bytes[..<cut])) + export.take(Array(bytes[cut...]))
            #expect(entries.count == 1 && entries.first?.fields["SYSLOG_IDENTIFIER"] == "sshd")
            #expect(entries.first?.fields["MESSAGE"] == String(decoding: message, as: UTF8.self))
        }
    }

    @Test
    func whatAnotherUserWritesInTheNameOfSSHDIsNotBelieved() {
        var export = JournalExport()
        let forged = entry.replacing("_UID=0", with: "_UID=1000")
        #expect(export.take(Array(forged.utf8)).first?.logged == nil)
    }

    @Test
    func whateverComesIsSurvived() {
        var random = SystemRandomNumberGenerator()
        let sound = Array((entry + entry).utf8)
        for _ in 0..<3000 {
            var bytes = sound
            for _ in 0..<Int.random(in: 1...20, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] =
                    [10, 61, 0, 255, UInt8.random(in: 0...255, using: &random)].randomElement(using: &random) ?? 0
            }
            var export = JournalExport()
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = Int.random(in: 1...rest.count, using: &random)
                for entry in export.take(Array(rest.prefix(count))) { _ = entry.logged }
                rest = rest.dropFirst(count)
            }
        }
    }
}
