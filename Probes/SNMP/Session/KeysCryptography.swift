import Keys
package import SNMP

/// USM's cryptography by libcrypto.
package struct KeysCryptography: Cryptography {
    package init() {}

    package func hash(_ bytes: [UInt8], by hash: AuthenticationHash) throws(CryptographyFailure) -> [UInt8] {
        do throws(KeysError) {
            return try hash.function.hash(bytes)
        } catch {
            throw CryptographyFailure(error.description)
        }
    }

    package func authenticate(
        _ bytes: [UInt8], key: [UInt8], by hash: AuthenticationHash
    ) throws(CryptographyFailure) -> [UInt8] {
        do throws(KeysError) {
            return try hash.function.code(of: bytes, key: key)
        } catch {
            throw CryptographyFailure(error.description)
        }
    }

    package func encrypt(
        _ bytes: [UInt8], key: [UInt8], initialVector: [UInt8], by cipher: PrivacyCipher
    ) throws(CryptographyFailure) -> [UInt8] {
        try transform(bytes, .enciphering, key, initialVector, cipher)
    }

    package func decrypt(
        _ bytes: [UInt8], key: [UInt8], initialVector: [UInt8], by cipher: PrivacyCipher
    ) throws(CryptographyFailure) -> [UInt8] {
        try transform(bytes, .deciphering, key, initialVector, cipher)
    }

    package func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.isEqualInConstantTime(to: right)
    }

    private func transform(
        _ bytes: [UInt8], _ direction: BlockCipher.Direction, _ key: [UInt8], _ vector: [UInt8],
        _ cipher: PrivacyCipher
    ) throws(CryptographyFailure) -> [UInt8] {
        do throws(KeysError) {
            let block: BlockCipher = cipher == .des ? .desCBC : .aesCFB
            return try block.transform(bytes, direction, key: key, initialVector: vector)
        } catch {
            throw CryptographyFailure(error.description)
        }
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
