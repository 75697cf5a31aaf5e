/// The secret that two parties share to sign webhooks (Standard Webhooks 1.0.0), written `whsec_` + base64.
public struct WebhookSecret: Sendable, Hashable {
    let key: SecretKey

    /// Why a text is no webhook secret. The text itself is not quoted.
    public struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
        public let description: String
    }

    private static let prefix = "whsec_"

    public init(parsing text: some StringProtocol) throws(Fault) {
        guard text.hasPrefix(Self.prefix) else {
            throw Fault(description: "a webhook secret begins with \(Self.prefix); ask the other party for theirs")
        }
        guard let bytes = Base64.decode(text.dropFirst(Self.prefix.count)) else {
            throw Fault(description: "what follows \(Self.prefix) in a webhook secret is base64, and this is not")
        }
        guard (24...64).contains(bytes.count) else {
            throw Fault(description: "a webhook secret has 24 to 64 bytes, and this has \(bytes.count)")
        }
        key = SecretKey(bytes: bytes)
    }

    private init(key: SecretKey) {
        self.key = key
    }

    /// A new secret of 32 bytes.
    public static func random() -> WebhookSecret {
        WebhookSecret(key: .random())
    }

    /// The text to hand to the other party.
    public var text: String { Self.prefix + Base64.encode(key.bytes) }
}

extension WebhookSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "a webhook secret" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
