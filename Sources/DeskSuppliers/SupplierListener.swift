public import Secrets

/// Where a supplier's system tells us that there is news. The address is the secret: whoever has it can have the system
/// asked, and can say nothing.
public enum SupplierListener {
    /// What the paths of all of them end with before the key.
    public static let word = "listener"

    /// The path for one supplier.
    ///
    /// - Parameter secret: the value of the secret that its terms name.
    public static func path(of supplier: String, secret: [UInt8]) -> String {
        "/supplier/v1/\(supplier)/\(word)/\(key(of: supplier, secret: secret).hex)"
    }

    /// What stands in the address in place of the secret, so that no log of theirs holds that.
    public static func key(of supplier: String, secret: [UInt8]) -> Digest {
        .hmac(of: "\(word) \(supplier)", key: SecretKey(bytes: secret))
    }

    /// The value of the field `X-Hub-Signature` for what Jira tells under the secret.
    public static func signature(of body: [UInt8], secret: [UInt8]) -> String {
        "sha256=\(Digest.hmac(of: body, key: SecretKey(bytes: secret)).hex)"
    }
}
