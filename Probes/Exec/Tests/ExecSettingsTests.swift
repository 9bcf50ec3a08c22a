import ExecSettings
import ProbeSettings
import Testing

@Suite struct ExecSettingsTests {
    private func settings(_ arguments: String) throws -> ExecSettings {
        try ExecSettings(["plugin": "check_x", "arguments": arguments])
    }

    @Test(arguments: [
        ("", []), ("  \t ", []), ("-w 10% -c 5%", ["-w", "10%", "-c", "5%"]),
        ("-p '/srv/my data'", ["-p", "/srv/my data"]),
        (#"-s "it's" '"q"' ''"#, ["-s", "it's", #""q""#, ""]), ("a'b c'd", ["ab cd"]),
        (#"C:\new \"#, [#"C:\new"#, #"\"#]),
        ("$(touch x); `id` | * > f & ~ $HOME", ["$(touch", "x);", "`id`", "|", "*", ">", "f", "&", "~", "$HOME"]),
        ("'$(touch x); …'", ["$(touch x); …"]), ("-a\n-b", ["-a", "-b"]), ("100$ $a$ $", ["100$", "$a$", "$"]),
    ])
    func wordsAreSplitAtBlanksAlone(text: String, words: [String]) throws {
        #expect(try settings(text).arguments == words)
    }

    @Test func theTargetTakesTheMacrosPlace() throws {
        let words = try settings("-H $HOSTADDRESS$ -u http://$HOSTADDRESS$/$HOSTADDRESS$").arguments
        #expect(
            ArgumentText.filled(words, for: "10.0.0.2") == ["-H", "10.0.0.2", "-u", "http://10.0.0.2/10.0.0.2"])
        #expect(ArgumentText.filled(words, for: "").dropFirst().first == "127.0.0.1")
    }

    @Test(arguments: [
        "-w 'open", "-w \"open", "$ARG1$", "-H $HOSTNAME$", "a\0b", String(repeating: "a ", count: 101),
        String(repeating: "a", count: 8193),
    ])
    func whatCannotBeSplitIsSaid(text: String) {
        let error = #expect(throws: SettingsError.self) { try settings(text) }
        #expect(error?.key == "arguments")
    }

    @Test(arguments: [
        "", "../sh", "/bin/sh", "a/b", ".hidden", "-x", "a b", "a;b", "$x", "x\n", "é",
        String(repeating: "a", count: 101),
    ])
    func aPluginIsTheNameOfAFile(name: String) {
        let error = #expect(throws: SettingsError.self) { try ExecSettings(["plugin": name]) }
        #expect(error?.key == "plugin")
    }

    @Test func targetsAreHostsOrNothing() throws {
        for good in ["", "10.0.0.2", "web-1.example", "2001:db8::1"] { try ExecSettings.validate(target: good) }
        for bad in ["-H", "a b", "http://x/", "a;b"] {
            #expect(throws: SettingsError.self) { try ExecSettings.validate(target: bad) }
        }
        #expect(try ExecSettings(["plugin": "check_http-2.3+x_1"]).arguments.isEmpty)
        #expect(throws: SettingsError.self) { try ExecSettings([:]) }
        #expect(throws: SettingsError.self) { try ExecSettings(["plugin": "x", "shell": "yes"]) }
    }
}
