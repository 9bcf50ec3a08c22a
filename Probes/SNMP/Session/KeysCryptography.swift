import Keys
package import SNMP

/// USM's cryptography by libcrypto.
package struct KeysCryptography: Cryptography {
    package init() {}

    package func hash(_ bytes: [UInt8], by hash: AuthenticationHash) throws(CryptographyFailure) -> [UInt8] {
        try retelling { () throws(KeysError) in try hash.function.hash(bytes) }
    }

    package func authenticator(
        _ hash: AuthenticationHash, key: [UInt8]
    ) throws(CryptographyFailure) -> any Authenticator {
        try retelling { () throws(KeysError) in KeysAuthenticator(hash: try KeyedHash(hash.function, key: key)) }
    }

    package func cipher(
        _ cipher: PrivacyCipher, key: [UInt8]
    ) throws(CryptographyFailure) -> any SymmetricCipher {
        let block: BlockCipher = cipher == .des ? .desCBC : .aesCFB
        return try retelling { () throws(KeysError) in KeysCipher(cipher: try KeyedCipher(block, key: key)) }
    }

    package func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.isEqualInConstantTime(to: right)
    }
}

private struct KeysAuthenticator: Authenticator {
    let hash: KeyedHash

    func code(of bytes: [UInt8], blank: Range<Int>) throws(CryptographyFailure) -> [UInt8] {
        try retelling { () throws(KeysError) in try hash.code(of: bytes, blank: blank) }
    }
}

private struct KeysCipher: SymmetricCipher {
    let cipher: KeyedCipher

    func encrypt(_ bytes: [UInt8], initialVector: [UInt8]) throws(CryptographyFailure) -> [UInt8] {
        try retelling { () throws(KeysError) in try cipher.encipher(bytes, initialVector: initialVector) }
    }

    func decrypt(_ bytes: [UInt8], initialVector: [UInt8]) throws(CryptographyFailure) -> [UInt8] {
        try retelling { () throws(KeysError) in try cipher.decipher(bytes, initialVector: initialVector) }
    }
}

/// What Keys could not do, as USM's failure.
private func retelling<Made>(_ body: () throws(KeysError) -> Made) throws(CryptographyFailure) -> Made {
    do throws(KeysError) {
        return try body()
    } catch {
        throw CryptographyFailure(error.description)
    }
}

extension AuthenticationHash {
    fileprivate var function: HashFunction {
        switch self {
        case .md5: .md5
        case .sha1: .sha1
        case .sha224: .sha224
        case .sha256: .sha256
        case .sha384: .sha384
        case .sha512: .sha512
        }
    }
}
