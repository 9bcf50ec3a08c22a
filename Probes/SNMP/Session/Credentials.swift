package import SNMP
package import SNMPSettings

/// What a device is asked with: a version, and a community or a user.
package enum SNMPCredentials: Hashable, Sendable {
    case community(CommunityMessage.Version, [UInt8])
    case user(USMUser, context: [UInt8])

    /// `lines`: of the file with the secret.
    package init(_ settings: SNMPSettings, lines: [String]) {
        let first = lines.first ?? "public"
        switch settings.version {
        case .v1: self = .community(.v1, Array(first.utf8))
        case .v2c: self = .community(.v2c, Array(first.utf8))
        case .v3:
            var user = USMUser(name: Array(settings.user.utf8))
            if let hash = settings.authentication.hash {
                user.authentication = .init(hash, password: Array(first.utf8))
                user.privacy = settings.privacy.cipher.map { cipher in
                    .init(cipher, password: Array((lines.dropFirst().first ?? first).utf8))
                }
            }
            self = .user(user, context: Array(settings.context.utf8))
        }
    }

    /// Whether GETBULK exists.
    package var hasBulk: Bool {
        if case .community(.v1, _) = self { false } else { true }
    }
}

extension SNMPSettings.Authentication {
    fileprivate var hash: AuthenticationHash? {
        switch self {
        case .none: nil
        case .md5: .md5
        case .sha: .sha1
        case .sha224: .sha224
        case .sha256: .sha256
        case .sha384: .sha384
        case .sha512: .sha512
        }
    }
}

extension SNMPSettings.Privacy {
    fileprivate var cipher: PrivacyCipher? {
        switch self {
        case .none: nil
        case .des: .des
        case .aes: .aes128
        case .aes192: .aes192
        case .aes256: .aes256
        case .aes192Reeder: .aes192Reeder
        case .aes256Reeder: .aes256Reeder
        }
    }
}
