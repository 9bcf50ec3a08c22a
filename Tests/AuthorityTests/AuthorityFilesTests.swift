import Authority
import Enrolment
import Glibc
import Keys
import Testing
import Vocabulary

@Suite struct AuthorityFilesTests {
    private let state: StateFolder
    private let files: AuthorityFiles
    private let names = ServerNames(["collector.example", "127.0.0.1"])
    private static let start = Instant(seconds: 1_700_000_000)

    init() throws {
        state = try StateFolder()
        files = AuthorityFiles(folder: state.authority)
    }

    private func open(after days: Int64 = 0, names: ServerNames? = nil) throws -> Authority {
        try files.open(for: names ?? self.names, at: Self.start + .seconds(days * 86_400))
    }

    private func failure() -> AuthorityError? {
        #expect(throws: AuthorityError.self) { _ = try open() }
    }

    @Test func theFirstStartMakesFilesForItsOwnerOnly() throws {
        _ = try open()
        let modes = try state.run("stat -c '%a %n' . .* *")
        #expect(
            modes.split(separator: "\n").filter { !$0.hasSuffix("..") }.allSatisfy {
                $0.hasPrefix($0.hasSuffix(" .") ? "700" : "600")
            }, "\(modes)")
        #expect(try state.run("ls -A") == "ca.key\nca.pem\ncollector.key\ncollector.pem\nsecrets.key\n")
        #expect(try state.run("stat -c %s secrets.key") == "32\n")
    }

    @Test func openSSLTrustsWhatWasMade() throws {
        let authority = try open()
        let agent = try authority.issue(for: PrivateKey.generate().publicKey, agent: .random(), at: Self.start)
        let verify = "openssl verify -x509_strict -attime 1700000000 -CAfile ca.pem"
        try state.run("\(verify) -purpose sslserver -verify_hostname collector.example collector.pem")
        try state.run("\(verify) -purpose sslserver -verify_ip 127.0.0.1 collector.pem")
        try state.run("cat > agent.pem <<'END'\n\(agent.pem)END\n\(verify) -purpose sslclient agent.pem")
    }

    @Test func theNextStartLoadsTheSame() throws {
        let first = try open()
        let second = try open(after: 1)
        #expect(second.certificate == first.certificate)
        #expect(second.serverCertificate == first.serverCertificate)
        #expect(second.serverKey.fingerprint == first.serverKey.fingerprint)
        #expect(second.secretsKey.withBytes { Array($0) } == first.secretsKey.withBytes { Array($0) })
    }

    @Test func theCollectorsCertificateIsRenewedThirtyDaysBeforeItsEndWithTheSameKey() throws {
        let first = try open()
        #expect(try open(after: 334).serverCertificate == first.serverCertificate)
        let renewed = try open(after: 335)
        #expect(renewed.serverCertificate.serial != first.serverCertificate.serial)
        #expect(renewed.serverCertificate.fingerprint == first.serverCertificate.fingerprint)
        #expect(try renewed.serverCertificate.isSigned(by: first.certificate))
        #expect(try open(after: 336).serverCertificate == renewed.serverCertificate)
        #expect(try state.run("stat -c %a collector.pem") == "600\n")
    }

    @Test func otherNamesMakeAnotherCertificateAndTheirOrderDoesNot() throws {
        let first = try open()
        let same = ServerNames(["[127.0.0.1]", "Collector.EXAMPLE", "127.0.0.1"])
        #expect(try open(names: same).serverCertificate == first.serverCertificate)
        let other = ServerNames(["collector.example", "2001:DB8::0:1"])
        let renewed = try open(names: other).serverCertificate
        #expect(renewed.names.addresses == ["2001:db8::1"] && ServerNames(of: renewed) == other)
    }

    @Test(arguments: ["ca.key", "ca.pem", "collector.key", "collector.pem", "secrets.key"])
    func aMissingHalfWrittenOrForeignFileIsNamedAndNothingIsMadeAnew(name: String) throws {
        _ = try open()
        let before = try state.run("cp -a . ../kept && ls -A | sort | xargs sha256sum")
        for damage in ["rm \(name)", "truncate -s 20 \(name)", ": > \(name)", "ln -sf ../kept/\(name) \(name)"] {
            try state.run(damage)
            #expect(failure()?.file == "\(state.authority)/\(name)", "\(damage)")
            try state.run("cp -a --remove-destination ../kept/\(name) \(name)")
        }
        #expect(try state.run("ls -A | sort | xargs sha256sum") == before)
        _ = try open()
    }

    @Test(arguments: [
        ("ca.key", "ca.pem"), ("ca.pem", "ca.pem"), ("collector.key", "collector.pem"),
        ("collector.pem", "collector.pem"),
    ])
    func aFileOfAnotherAuthorityIsNoticed(exchanged: String, blamed: String) throws {
        _ = try open()
        let other = try StateFolder()
        _ = try AuthorityFiles(folder: other.authority).open(for: names, at: Self.start)
        try state.run("cp '\(other.authority)/\(exchanged)' \(exchanged)")
        #expect(failure()?.file == "\(state.authority)/\(blamed)")
    }

    @Test func aServerCertificateOfAnotherRootForTheSameKeyIsNoticed() throws {
        _ = try open()
        let other = try StateFolder()
        _ = try AuthorityFiles(folder: other.authority).open(for: names, at: Self.start)
        try state.run("cp '\(other.authority)'/ca.* .")
        #expect(failure() == AuthorityError("\(state.authority)/collector.pem", "is not signed by ca.pem"))
    }

    @Test(arguments: ["ca.key", "collector.key", "secrets.key"])
    func aKeyThatOthersCanReadIsRefused(name: String) throws {
        _ = try open()
        try state.run("chmod 640 \(name)")
        #expect(failure()?.file == "\(state.authority)/\(name)")
    }

    @Test func aFolderThatOthersCanUseIsRefusedOnceItHoldsKeys() throws {
        try state.run("mkdir -m 755 ../authority; true")
        _ = try open()
        #expect(try state.run("stat -c %a .") == "700\n")
        try state.run("chmod 750 .")
        #expect(failure()?.file == state.authority)
    }

    @Test func aFirstStartThatWasCutOffIsBegunAgainOrFinished() throws {
        _ = try open()
        // Cut off while writing: nothing had been moved into place.
        try state.run("mkdir -m 700 .authority.new && mv ca.key ca.pem .authority.new && rm -f *.*")
        let second = try open()
        // Cut off while moving: everything had been written.
        try state.run("mkdir -m 700 .authority.ready && mv collector.* secrets.key .authority.ready")
        let third = try open()
        #expect(third.certificate == second.certificate && third.serverCertificate == second.serverCertificate)
        #expect(try state.run("ls -A") == "ca.key\nca.pem\ncollector.key\ncollector.pem\nsecrets.key\n")
    }

    @Test func anExpiredRootIsSaid() throws {
        _ = try open()
        let error = #expect(throws: AuthorityError.self) { _ = try open(after: 21 * 366) }
        #expect(error?.file == "\(state.authority)/ca.pem")
    }

    @Test func aFolderThatCannotBeMadeIsNamed() {
        let error = #expect(throws: AuthorityError.self) {
            _ = try AuthorityFiles(folder: "/proc/none/authority").open(for: names, at: Self.start)
        }
        #expect(error?.file == "/proc/none/authority")
    }
}
