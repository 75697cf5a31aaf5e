import Foundation
import Sockets

/// A certificate for `localhost` that nobody trusts but the tests, valid until 2120. Its key protects nothing.
enum TestCertificate {
    private static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBZzCCAQ2gAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
        c3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM
        CWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABNnky+54IHhEGuUN
        806Oo8+SX4JfoJUiTUIN8TLJXS6ChIUIzjbllVrvRuIVroII7B3St6qQ7F2k21Ys
        TCW/vBqjTjBMMA8GA1UdEwEB/wQFMAMBAf8wGgYDVR0RBBMwEYIJbG9jYWxob3N0
        hwR/AAABMB0GA1UdDgQWBBS10DEVYU3Z7BXcOo6b/kx64GLWpzAKBggqhkjOPQQD
        AgNIADBFAiEA3qhGvXn5T7Vtzwm5RGXsd/5TulMb2hL5fZW6cY1J4yACICoo4SD5
        Hp7a9LGDw3Ewnk9ThR/WfENgGC/DrPqCaJqw
        -----END CERTIFICATE-----

        """

    private static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgLECvA1p/nZH2gxaN
        4U8ZDHilXoTtueQyRJkDpjK9QrqhRANCAATZ5MvueCB4RBrlDfNOjqPPkl+CX6CV
        Ik1CDfEyyV0ugoSFCM425ZVa70biFa6CCOwd0reqkOxdpNtWLEwlv7wa
        -----END PRIVATE KEY-----

        """

    /// A context for the server, and one for a client that trusts it.
    static func contexts() throws -> (server: TLSContext, client: TLSContext) {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let paths = (folder.appendingPathComponent("certificate.pem"), folder.appendingPathComponent("key.pem"))
        try Data(certificate.utf8).write(to: paths.0)
        try Data(key.utf8).write(to: paths.1)
        return (
            try TLSContext(certificate: paths.0.path, key: paths.1.path), try TLSContext(authorities: paths.0.path)
        )
    }
}
