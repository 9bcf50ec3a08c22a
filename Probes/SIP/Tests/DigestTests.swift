import SIPProbe
import SIPSettings
import Testing

@Suite struct DigestTests {
    private func answer(
        _ challenge: String, user: String = "Mufasa", password: String = "Circle of Life", isProxy: Bool = false,
        cnonce: String = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"
    ) throws -> String {
        try DigestAnswer.field(
            to: try #require(DigestChallenge(challenge, isProxy: isProxy)),
            login: SIPLogin(user: user, password: password), method: "GET", uri: "/dir/index.html", cnonce: cnonce)
    }

    private func challenge(_ algorithm: String) -> String {
        """
        Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=\(algorithm), \
        nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"
        """
    }

    /// MD5 and SHA-256 are the examples of RFC 7616, 3.9.1; the others were reckoned with Python's hashlib.
    @Test(arguments: [
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"), ("MD5-sess", "e783283f46242139c486a698fec7211d"),
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
        ("SHA-256-sess", "2fd51b3a77ad75bad6afad6003e818d767133c46d9e2749e7f5232ae1ea3efd7"),
        ("SHA-512-256", "430d05014cecc49cab6fbe03176d41a1da86cbfe24a16580e22aaad928d960d0"),
    ])
    func theExampleOfRFC7616IsMet(algorithm: String, response: String) throws {
        let field = try answer(challenge(algorithm))
        #expect(
            field == """
                Authorization: Digest username="Mufasa", realm="http-auth@example.org", \
                nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", uri="/dir/index.html", response="\(response)", \
                algorithm=\(algorithm), qop=auth, nc=00000001, \
                cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", \
                opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"
                """)
    }

    @Test func theExampleOfRFC2617IsMetWithQualityAndWithout() throws {
        let plain = "digest realm=\"testrealm@host.com\",nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\""
        let long = try answer(plain + ",qop=\"auth\"", password: "Circle Of Life", cnonce: "0a4f113b")
        #expect(long.contains("response=\"6629fae49393a05397450978507c4ef1\"") && !long.contains("algorithm"))
        let short = try answer(plain, password: "Circle Of Life")
        #expect(short.contains("response=\"670fd8c2df070c60b045671b8b24ff02\"") && !short.contains("qop"))
    }

    @Test func aProxyIsAnsweredUnderItsOwnName() throws {
        #expect(try answer(challenge("MD5"), isProxy: true).hasPrefix("Proxy-Authorization: Digest "))
        #expect(try answer(challenge("MD5"), user: "a\"b\\c").contains(#"username="a\"b\\c", realm"#))
    }

    @Test(arguments: [
        "Basic realm=\"x\"", "", "Digest", "Digest realm=\"x\"", "Digest nonce=\"y\"", "Digest realm=\"x\", nonce=\"\"",
        "Digest realm=\"x\", nonce=\"y\", algorithm=SHA-1", "Digest realm=\"x\", nonce=\"y\", qop=\"auth-int\"",
        "Digest realm=\"x", "Digest =,=,=", "Digest ,,,,",
    ])
    func whatCannotBeAnsweredIsNoChallenge(text: String) {
        #expect(DigestChallenge(text, isProxy: false) == nil)
    }

    @Test func theStrongestIsChosen() throws {
        let response = try SIPResponse(
            """
            SIP/2.0 401 Unauthorized
            WWW-Authenticate: Digest realm="a", nonce="1", algorithm=SHA-1
            WWW-Authenticate: Digest realm="b", nonce="2", qop="auth"
            WWW-Authenticate: Digest realm="c",
             nonce="3", algorithm=sha-256, qop=auth, stale=TRUE
            Proxy-Authenticate: Digest realm="d", nonce="4", algorithm=SHA-512-256


            """.wire)
        let strongest = DigestChallenge.strongest(in: response)
        #expect(strongest?.realm == "c" && strongest?.algorithm == .sha256 && strongest?.isStale == true)
    }
}
