internal import CSSL

/// A handshake as a client (RFC 8446, 5246), without a socket: bytes that came go in, bytes to be sent come out.
///
/// A certificate that is not to be trusted ends nothing: `peer` tells of it, and whoever asks decides.
package struct TLSHandshake: ~Copyable {
    private let ssl: OpaquePointer
    private let incoming: OpaquePointer
    private let outgoing: OpaquePointer
    private let faults: UnsafeMutablePointer<haidang_faults>
    // Its memory is the context's: that has to live as long.
    private let client: TLSClient

    /// `name` is who is meant: a host name, which is told to the server, or an address.
    package init(_ client: TLSClient, name: String) throws(TLSError) {
        let faults = UnsafeMutablePointer<haidang_faults>.allocate(capacity: 1)
        faults.initialize(to: haidang_faults())
        var (incoming, outgoing): (OpaquePointer?, OpaquePointer?)
        guard let ssl = haidang_new_handshake(client.pointer, faults, &incoming, &outgoing), let incoming, let outgoing
        else {
            faults.deallocate()
            throw TLSError.last("no memory for TLS")
        }
        // An address is never sent as a name, but must stand in the certificate.
        if X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), name) != 1 {
            ERR_clear_error()
            guard haidang_name_server(ssl, name) == 1, SSL_set1_host(ssl, name) == 1 else {
                SSL_free(ssl)
                faults.deallocate()
                throw TLSError.last("\"\(name)\" is no name")
            }
        }
        self.ssl = ssl
        self.incoming = incoming
        self.outgoing = outgoing
        self.faults = faults
        self.client = client
    }

    deinit {
        SSL_free(ssl)
        faults.deallocate()
    }

    /// The next bytes that the server sent, however they are broken up.
    package mutating func take(_ bytes: [UInt8]) throws(TLSError) {
        guard !bytes.isEmpty else { return }
        guard BIO_write(incoming, bytes, Int32(clamping: bytes.count)) == bytes.count else {
            throw TLSError.last("no memory for TLS")
        }
    }

    /// Goes as far as it can: whether both sides have finished. `pending` is to be sent either way, and after a failure, too.
    package mutating func advance() throws(TLSError) -> Bool {
        ERR_clear_error()
        let result = SSL_do_handshake(ssl)
        if result == 1 { return true }
        switch SSL_get_error(ssl, result) {
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return false
        default: throw TLSError.last("the handshake failed")
        }
    }

    /// Says goodbye in `pending`; only after the handshake.
    package mutating func close() {
        SSL_shutdown(ssl)
        ERR_clear_error()
    }

    /// What is to be sent now.
    package mutating func pending() -> [UInt8] {
        let count = BIO_ctrl_pending(outgoing)
        guard count > 0 else { return [] }
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = max(0, Int(BIO_read(outgoing, buffer.baseAddress, Int32(clamping: buffer.count))))
        }
    }

    /// What the server showed of itself, as far as the handshake came.
    package borrowing func peer() -> TLSPeer {
        var peer = TLSPeer()
        peer.version = String(cString: SSL_get_version(ssl))
        if let cipher = SSL_get_current_cipher(ssl) {
            peer.cipher = String(cString: SSL_CIPHER_get_name(cipher))
            peer.cipherBits = Int(SSL_CIPHER_get_bits(cipher, nil))
        }
        while let certificate = haidang_sent_certificate(ssl, Int32(peer.chain.count)) {
            peer.chain.append(PeerCertificate(certificate))
        }
        let codes = faults.pointee.count > 0 ? min(Int(faults.pointee.count), Int(haidang_most_faults)) : 0
        withUnsafeBytes(of: faults.pointee.codes) { codesBytes in
            withUnsafeBytes(of: faults.pointee.depths) { depthBytes in
                let (all, depths) = (codesBytes.bindMemory(to: Int32.self), depthBytes.bindMemory(to: Int32.self))
                for index in 0..<codes {
                    let words = X509_verify_cert_error_string(Int(all[index])).map { String(cString: $0) } ?? ""
                    let fault = ChainFault(code: all[index], depth: Int(depths[index]), words: words)
                    if !peer.faults.contains(fault) { peer.faults.append(fault) }
                }
            }
        }
        return peer
    }
}
