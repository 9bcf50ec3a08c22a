internal import CCurl
import Captures
import Glibc
import TLS

// libcurl calls these on the engine's thread only, while the loop holds the run that `context` points to.

private func run(_ context: UnsafeMutableRawPointer?) -> TransferRun? {
    context.map { Unmanaged<TransferRun>.fromOpaque($0).takeUnretainedValue() }
}

/// Another count than the one given ends the transfer with CURLE_WRITE_ERROR: that is how reading stops at the limit.
func receiveBody(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let run = run(context), let bytes else { return 0 }
    let room = max(0, run.transfer.bodyLimit - run.bodySize)
    let taken = min(room, count)
    run.bodySize += taken
    if run.transfer.keepsBody {
        run.body.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: taken))
    }
    guard taken == count else {
        run.isBodyCut = true
        return 0
    }
    return count
}

func receiveHeader(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let run = run(context), let bytes else { return 0 }
    let line = UnsafeRawBufferPointer(start: bytes, count: count)
    if run.transfer.mail == nil {
        run.head.take(line: line)
    } else {
        // What the server says to the farewell after a refusal says nothing about the refusal.
        let reply = String(decoding: line.prefix(512).filter { $0 >= 0x20 }, as: UTF8.self)
        if !reply.hasPrefix("221") || run.reply.isEmpty { run.reply = reply }
    }
    return count
}

func sendMail(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let run = run(context), let bytes, let message = run.transfer.mail?.message else { return 0 }
    let piece = message.dropFirst(run.mailSent).prefix(size * count)
    UnsafeMutableRawBufferPointer(start: bytes, count: piece.count).copyBytes(from: piece)
    run.mailSent += piece.count
    return piece.count
}

/// libcurl forgets why it got no socket; we need to tell "no descriptors left" from a dead target.
func openSocket(
    _ context: UnsafeMutableRawPointer?, _ purpose: curlsocktype, _ address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
    guard let run = run(context), let address else { return -1 }
    let type = address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue)
    let descriptor = socket(address.pointee.family, type, address.pointee.protocol)
    if descriptor >= 0 {
        run.socketsOpened += 1
    } else {
        run.socketError = errno
    }
    return descriptor
}

/// libcurl's own marks stay at zero until the whole handshake is done.
func handshakeBegins(
    _ easy: UnsafeMutableRawPointer?, _ ssl: UnsafeMutableRawPointer?, _ context: UnsafeMutableRawPointer?
) -> CURLcode {
    guard let run = run(context), let ssl else { return CURLE_SSL_CONNECT_ERROR }
    run.isSecuring = true
    if run.transfer.tls.wantsCertificate { run.shown = ShownCertificate(in: ssl) }
    return CURLE_OK
}

/// Notes what libcurl tells: in the clear, also by TLS.
func noteDebug(
    _ easy: UnsafeMutableRawPointer?, _ kind: curl_infotype, _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int32 {
    guard let run = run(context), let capture = run.capture, let bytes else { return 0 }
    let piece = UnsafeRawBufferPointer(start: bytes, count: count)
    switch kind {
    case CURLINFO_TEXT:
        let words = String(decoding: piece, as: UTF8.self).split(whereSeparator: \.isNewline)
        for line in words { capture.note(String(line), at: .now) }
    case CURLINFO_HEADER_OUT, CURLINFO_DATA_OUT: capture.note(.sent, piece, of: run.transfer)
    case CURLINFO_HEADER_IN, CURLINFO_DATA_IN: capture.note(.received, piece, of: run.transfer)
    default: break
    }
    return 0
}

extension Capture {
    fileprivate func note(_ direction: Direction, _ bytes: UnsafeRawBufferPointer, of transfer: Transfer) {
        note(
            direction, bytes, peer: Transfer.withoutSecrets(transfer.url),
            medium: transfer.mail == nil ? "HTTP" : "SMTP", continues: true, at: .now)
    }
}
