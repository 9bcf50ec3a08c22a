internal import CSSL
import Glibc

/// What all handshakes of a program share: the authorities it trusts. It agrees to whatever version and cipher a server
/// still has, so that a probe can say what is wrong with them.
///
/// Sendable because: an `SSL_CTX` may be used from several threads once it is set up (OpenSSL's openssl-threads(7)), and
/// nothing is set after `init`.
package final class TLSClient: @unchecked Sendable {
    package enum Trust: Hashable, Sendable {
        /// The system's: one file each in OpenSSL's folder (`/etc/ssl/certs`), read when a chain ends there.
        case system
        /// The file of certificates, as PEM, at this path.
        case file(String)
    }

    let pointer: OpaquePointer

    /// Fails when there is no memory, or no authority to be found.
    package init(trust: Trust = .system) throws(TLSError) {
        guard let pointer = haidang_new_client() else { throw TLSError.last("no memory for TLS") }
        switch trust {
        case .system where Self.hasAuthorities:
            if SSL_CTX_set_default_verify_paths(pointer) == 1 {
                self.pointer = pointer
                return
            }
        case .file(let path):
            if SSL_CTX_load_verify_locations(pointer, path, nil) == 1 {
                self.pointer = pointer
                return
            }
        default: break
        }
        SSL_CTX_free(pointer)
        throw TLSError("no certificate authorities", isOurs: true)
    }

    deinit { SSL_CTX_free(pointer) }

    /// Whether OpenSSL's folder holds certificates by the hash of their subject, as c_rehash(1) names them.
    private static var hasAuthorities: Bool {
        let named = X509_get_default_cert_dir_env().flatMap { getenv($0) }
        guard let path = named ?? X509_get_default_cert_dir().map({ UnsafeMutablePointer(mutating: $0) }),
            let folder = opendir(path)
        else { return false }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            if name.hasSuffix(".0") { return true }
        }
        return false
    }
}
