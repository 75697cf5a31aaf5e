import COpenSSL
import Testing

/// An authority made for one test, and the certificates that it signs, as PEM files.
final class TestAuthority {
    /// The certificate of the authority.
    let certificate: String
    private let folder: TemporaryFolder
    private let key: OpaquePointer
    private let name: String
    private var serial = 1

    init(_ name: String, in folder: TemporaryFolder) throws {
        self.folder = folder
        self.name = name
        key = try Self.newKey()
        certificate = folder.path("\(name).pem")
        let x509 = try Self.newCertificate(subject: name, key: key, serial: 1)
        defer { X509_free(x509) }
        X509_set_issuer_name(x509, X509_get_subject_name(x509))
        try Self.extend(x509, NID_basic_constraints, "critical,CA:TRUE")
        try Self.sign(x509, with: key)
        try Self.write(certificate) { PEM_write_bio_X509($0, x509) }
    }

    deinit { EVP_PKEY_free(key) }

    /// A certificate for `names`, such as `DNS:desk.example` or `IP:127.0.0.1`, valid from a day ago for `days` days.
    func certificate(for names: String, days: Int = 30) throws -> (certificate: String, key: String) {
        serial += 1
        let ownKey = try Self.newKey()
        defer { EVP_PKEY_free(ownKey) }
        let x509 = try Self.newCertificate(subject: "server \(serial)", key: ownKey, serial: serial)
        defer { X509_free(x509) }
        X509_gmtime_adj(X509_getm_notAfter(x509), 86_400 * days)
        let issuer = X509_NAME_new()
        defer { X509_NAME_free(issuer) }
        X509_NAME_add_entry_by_txt(issuer, "CN", Self.utf8Text, name, -1, -1, 0)
        X509_set_issuer_name(x509, issuer)
        try Self.extend(x509, NID_subject_alt_name, names)
        try Self.sign(x509, with: key)
        let files = (folder.path("server-\(serial).pem"), folder.path("server-\(serial).key"))
        try Self.write(files.0) { PEM_write_bio_X509($0, x509) }
        try Self.write(files.1) { PEM_write_bio_PrivateKey($0, ownKey, nil, nil, 0, nil, nil) }
        return files
    }

    /// `MBSTRING_UTF8`, a macro that is not imported.
    private static let utf8Text: CInt = 0x1000

    private static func newKey() throws -> OpaquePointer {
        let context = try #require(EVP_PKEY_CTX_new_id(NID_ED25519, nil))
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        try #require(EVP_PKEY_keygen_init(context) == 1 && EVP_PKEY_keygen(context, &key) == 1)
        return try #require(key)
    }

    private static func newCertificate(subject: String, key: OpaquePointer, serial: Int) throws -> OpaquePointer {
        let x509 = try #require(X509_new())
        X509_set_version(x509, 2)
        ASN1_INTEGER_set(X509_get_serialNumber(x509), serial)
        X509_gmtime_adj(X509_getm_notBefore(x509), -86_400)
        X509_gmtime_adj(X509_getm_notAfter(x509), 86_400 * 30)
        X509_set_pubkey(x509, key)
        X509_NAME_add_entry_by_txt(X509_get_subject_name(x509), "CN", utf8Text, subject, -1, -1, 0)
        return x509
    }

    private static func extend(_ x509: OpaquePointer, _ kind: CInt, _ value: String) throws {
        let extended = try #require(X509V3_EXT_conf_nid(nil, nil, kind, value))
        defer { X509_EXTENSION_free(extended) }
        try #require(X509_add_ext(x509, extended, -1) == 1)
    }

    private static func sign(_ x509: OpaquePointer, with key: OpaquePointer) throws {
        try #require(X509_sign(x509, key, nil) > 0)
    }

    private static func write(_ path: String, _ body: (OpaquePointer) -> CInt) throws {
        let file = try #require(BIO_new_file(path, "w"))
        defer { BIO_free(file) }
        try #require(body(file) == 1)
    }
}
