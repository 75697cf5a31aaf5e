import COpenSSL

/// What encrypted streams of one configuration share: trusted authorities or an identity, and the limits of the
/// protocol.
///
/// Make one for a process and configuration; it is costly and may be used from every thread.
// Safe: the library counts references and locks where needed; nothing is changed after the initialiser.
public final class TLSContext: @unchecked Sendable {
    let handle: OpaquePointer
    let isServer: Bool

    /// A context for calling others: TLS 1.2 or later, certificates checked against the system's authorities.
    ///
    /// - Parameter authorities: a PEM file of further authorities that are trusted as well, for instance of the firm.
    /// - Throws: ``TLSError`` if the file cannot be used.
    public init(authorities: String? = nil) throws(TLSError) {
        handle = try Self.make(TLS_client_method())
        isServer = false
        SSL_CTX_set_verify(handle, SSL_VERIFY_PEER, nil)
        SSL_CTX_set_default_verify_paths(handle)
        ERR_clear_error()
        if let authorities, SSL_CTX_load_verify_locations(handle, authorities, nil) != 1 {
            throw .queued("the authorities in \(authorities) cannot be used")
        }
    }

    /// A context for being called, for programs that have no proxy before them.
    ///
    /// - Parameters:
    ///   - certificate: a PEM file with the certificate and those up to, without, the authority.
    ///   - key: a PEM file with the private key.
    /// - Throws: ``TLSError`` if the files cannot be used.
    public init(certificate: String, key: String) throws(TLSError) {
        handle = try Self.make(TLS_server_method())
        isServer = true
        guard SSL_CTX_use_certificate_chain_file(handle, certificate) == 1 else {
            throw .queued("the certificate in \(certificate) cannot be used")
        }
        guard SSL_CTX_use_PrivateKey_file(handle, key, SSL_FILETYPE_PEM) == 1, SSL_CTX_check_private_key(handle) == 1
        else { throw .queued("the key in \(key) cannot be used") }
    }

    deinit {
        SSL_CTX_free(handle)
    }

    private static func make(_ method: OpaquePointer?) throws(TLSError) -> OpaquePointer {
        ERR_clear_error()
        guard let handle = SSL_CTX_new(method) else { throw .queued("no TLS context") }
        _ = meridian_SSL_CTX_set_min_proto_version(handle, TLS1_2_VERSION)
        meridian_SSL_CTX_refuse_renegotiation(handle)
        let mode = SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS
        _ = meridian_SSL_CTX_set_mode(handle, Int(mode))
        return handle
    }
}
