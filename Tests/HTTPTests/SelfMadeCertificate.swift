import COpenSSL
import Foundation

/// A certificate for one address that vouches for itself, in files of its own.
struct SelfMadeCertificate {
    struct Failure: Error {}

    private let folder: URL

    /// The certificate, as PEM; also the authority to trust.
    var path: String { folder.appending(path: "certificate.pem").path }
    /// Its private key, as PEM.
    var keyPath: String { folder.appending(path: "key.pem").path }

    init(for address: String) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "certificate-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        guard let key = Self.key(), let certificate = X509_new() else { throw Failure() }
        defer {
            EVP_PKEY_free(key)
            X509_free(certificate)
        }
        X509_set_version(certificate, 2)
        ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1)
        X509_gmtime_adj(X509_getm_notBefore(certificate), -3_600)
        X509_gmtime_adj(X509_getm_notAfter(certificate), 3_600)
        X509_set_pubkey(certificate, key)
        let name = X509_get_subject_name(certificate)
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, address, -1, -1, 0)
        X509_set_issuer_name(certificate, name)
        for (kind, text) in [(NID_subject_alt_name, "IP:\(address)"), (NID_basic_constraints, "critical,CA:TRUE")] {
            guard let part = X509V3_EXT_conf_nid(nil, nil, kind, text) else { throw Failure() }
            X509_add_ext(certificate, part, -1)
            X509_EXTENSION_free(part)
        }
        guard X509_sign(certificate, key, EVP_sha256()) > 0 else { throw Failure() }
        try write(path) { PEM_write_bio_X509($0, certificate) }
        try write(keyPath) { PEM_write_bio_PrivateKey($0, key, nil, nil, 0, nil, nil) }
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    private func write(_ path: String, _ body: (OpaquePointer) -> CInt) throws {
        guard let file = BIO_new_file(path, "w") else { throw Failure() }
        defer { BIO_free(file) }
        guard body(file) == 1 else { throw Failure() }
    }

    /// A new key on the curve P-256.
    private static func key() -> OpaquePointer? {
        guard let context = EVP_PKEY_CTX_new_id(EVP_PKEY_EC, nil) else { return nil }
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1,
            EVP_PKEY_CTX_set_group_name(context, "P-256") == 1, EVP_PKEY_generate(context, &key) == 1
        else { return nil }
        return key
    }
}
