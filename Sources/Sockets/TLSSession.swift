import COpenSSL

/// The encryption of one stream, between two buffers in memory, so that OpenSSL never touches the socket.
///
/// Pure in the sense of the house: bytes in, bytes out, no waiting. It belongs to the thread of its stream's loop, and
/// no call suspends between a library call and the reading of its error, which OpenSSL keeps by thread.
final class TLSSession {
    /// What a step came to.
    enum Step {
        /// So many bytes of plain text were read or taken.
        case done(Int)
        /// More has to arrive first.
        case needsInput
        /// The other side said that nothing more will come.
        case ended
    }

    private let ssl: OpaquePointer
    private let received: OpaquePointer
    private let toSend: OpaquePointer
    private let peerName: String
    /// Keeps the shared configuration alive.
    private let context: TLSContext

    /// A session whose handshake has not begun.
    ///
    /// - Parameter peerName: the name, or address, that the certificate of a server must be for; unused when being
    ///   called.
    init(_ context: TLSContext, peerName: String) throws(TLSError) {
        ERR_clear_error()
        guard let ssl = SSL_new(context.handle), let received = BIO_new(BIO_s_mem()), let toSend = BIO_new(BIO_s_mem())
        else { throw .queued("no TLS session") }
        self.context = context
        self.peerName = peerName
        self.ssl = ssl
        self.received = received
        self.toSend = toSend
        SSL_set_bio(ssl, received, toSend)
        if context.isServer {
            SSL_set_accept_state(ssl)
        } else {
            SSL_set_connect_state(ssl)
            try expect(peerName)
        }
    }

    deinit {
        SSL_free(ssl)
    }

    /// Has the certificate held against the name, and tells the name to the server so that it can choose its
    /// certificate.
    private func expect(_ name: String) throws(TLSError) {
        if IPAddress(name) != nil {
            guard X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), name) == 1 else {
                throw .queued("\(name) cannot be checked")
            }
            return
        }
        SSL_set_hostflags(ssl, UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS))
        guard !name.isEmpty, SSL_set1_host(ssl, name) == 1, meridian_SSL_set_tlsext_host_name(ssl, name) == 1 else {
            throw .queued("\"\(name)\" is not a name that a certificate can be for")
        }
    }

    /// Takes what has arrived from the network.
    func feed(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress, bytes.count > 0 else { return }
        BIO_write(received, start, CInt(bytes.count))
    }

    /// What has to go out to the network; empty if nothing.
    func takeOutput() -> [UInt8] {
        let count = BIO_ctrl_pending(toSend)
        guard count > 0 else { return [] }
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = max(Int(BIO_read(toSend, buffer.baseAddress, CInt(count))), 0)
        }
    }

    /// Whether something has to go out.
    var hasOutput: Bool { BIO_ctrl_pending(toSend) > 0 }

    func handshake() throws(TLSError) -> Step {
        try step("no encrypted connection with \(peerName)") { SSL_do_handshake($0) }
    }

    func read(into space: UnsafeMutableRawBufferPointer) throws(TLSError) -> Step {
        try step("reading from \(peerName)") { SSL_read($0, space.baseAddress, CInt(clamping: space.count)) }
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws(TLSError) -> Step {
        try step("writing to \(peerName)") { SSL_write($0, bytes.baseAddress, CInt(clamping: bytes.count)) }
    }

    /// Says that nothing more will be written.
    func sayClosed() {
        ERR_clear_error()
        SSL_shutdown(ssl)
        ERR_clear_error()
    }

    private func step(_ what: String, _ call: (OpaquePointer) -> CInt) throws(TLSError) -> Step {
        ERR_clear_error()
        let result = call(ssl)
        if result > 0 { return .done(Int(result)) }
        switch SSL_get_error(ssl, result) {
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return .needsInput
        case SSL_ERROR_ZERO_RETURN: return .ended
        default:
            let verification = SSL_get_verify_result(ssl)
            if verification != Int(X509_V_OK), !context.isServer {
                throw TLSError(server: peerName, verification: verification)
            }
            throw .queued(what)
        }
    }
}
