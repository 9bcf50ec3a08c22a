import Patterns
import Testing

@Suite struct PatternTests {
    @Test(arguments: [
        ("chào", "xin chào", true), ("chao", "xin chào", false), ("a.c", "abc", false), ("/a.c/", "xabcx", true),
        ("/^a.c$/", "xabcx", false), ("/^SSH-2\\.0-/", "SSH-2.0-OpenSSH_9.2p1\r\n", true),
        ("/openssh/", "SSH-2.0-OpenSSH", false), ("/openssh/i", "SSH-2.0-OpenSSH", true), ("//", "a//b", true),
        ("/", "a/b", true), ("/a|b/", "xbx", true), ("/^$/", "", true), ("/[0-9]{3}/", "a12b345", true),
    ])
    func textOrExpression(pattern: String, text: String, holds: Bool) throws {
        #expect(try Pattern(pattern).matches(text) == holds)
    }

    @Test func aZeroByteEndsNothing() throws {
        #expect(try Pattern("/b[^a]c/").matches([0x61, 0, 0x62, 0, 0x63]))
        #expect(try Pattern("c").matches([0x61, 0, 0x62, 0, 0x63]))
        #expect(try !Pattern("/b/").matches([]))
    }

    @Test func bytesThatAreNoTextAreLookedThrough() throws {
        #expect(try Pattern("/^.{3}x/").matches([0xff, 0xc3, 0x28, 0x78]))
    }

    @Test(arguments: [
        "", "/(/", "/[/", "/a{2000}/", "/((a{20}){20}){20}/", "/(a)\\1/", "/a{1,9999}/", "/a+++++++++++/",
        "/((((((((((a+)+)+)+)+)+)+)+)+)+)+/", "/(a{100})+++++/",
    ])
    func whatIsNoPatternIsRefused(text: String) {
        #expect(throws: PatternFault.self) { try Pattern(text) }
    }

    @Test func ordinaryRepetitionsAreNotCounted() throws {
        let address = "/^([0-9]+\\.)+[0-9]+ [a-z]+-[a-z]+ [a-z]+ [a-z]+ [a-z]+ [a-z]+ [a-z]+ (a+)+ \\++$/"
        #expect(try Pattern(address).matches("192.0.2.1 a-b c d e f g aa ++"))
    }

    @Test func aLongTextIsSearchedInStraightTime() throws {
        // Backtracking engines take for ever here; the test would not end.
        let bytes = [UInt8](repeating: UInt8(ascii: "a"), count: 20_000)
        #expect(try !Pattern("/(a*)*(a*)*b$/").matches(bytes))
    }
}
