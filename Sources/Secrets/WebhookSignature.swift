public import Moments

/// The three header fields that prove who sent a webhook and when (Standard Webhooks 1.0.0).
public struct WebhookSignature: Sendable, Hashable {
    /// `webhook-id`: the same over all attempts to deliver one event.
    public let id: String
    /// `webhook-timestamp`: when this attempt was made, in seconds since 1970.
    public let timestamp: String
    /// `webhook-signature`: one or more of `v1,<base64>`, separated by spaces.
    public let signatures: String

    public static let idField = "webhook-id"
    public static let timestampField = "webhook-timestamp"
    public static let signatureField = "webhook-signature"

    /// How far the sender's watch and ours may differ, either way.
    public static let tolerance = Duration.seconds(300)

    /// Why a webhook is not believed.
    public enum Fault: Error, Hashable, Sendable {
        case malformedTimestamp
        case tooOld
        case tooNew
        /// No signature fits any of the secrets.
        case wrongSignature
    }

    /// What a received webhook's fields say, to be verified.
    public init(id: String, timestamp: String, signatures: String) {
        (self.id, self.timestamp, self.signatures) = (id, timestamp, signatures)
    }

    /// Signs a body, with each of several secrets while one of them is being replaced.
    /// - Precondition: `id` holds no full stop, which separates what is signed.
    public init(signing body: [UInt8], id: String, at moment: Moment, secrets: [WebhookSecret]) {
        precondition(!id.contains("."), "a webhook's id holds no full stop")
        let timestamp = String(moment.seconds)
        let codes = secrets.map { Self.code(id: id, timestamp: timestamp, body: body, secret: $0) }
        self.init(
            id: id, timestamp: timestamp,
            signatures: codes.map { "v1,\(Base64.encode($0.bytes))" }.joined(separator: " "))
    }

    /// Whether the body was signed with one of the secrets, not longer than the tolerance before or after `moment`.
    public func verify(_ body: [UInt8], secrets: [WebhookSecret], at moment: Moment) throws(Fault) {
        guard timestamp.utf8.count <= 15, let seconds = Int64(timestamp), seconds >= 0 else {
            throw .malformedTimestamp
        }
        let age = moment.duration(since: Moment(seconds: seconds))
        if age > Self.tolerance { throw .tooOld }
        if age < .zero - Self.tolerance { throw .tooNew }
        let expected = secrets.map { Self.code(id: id, timestamp: timestamp, body: body, secret: $0) }
        // A sender has a few keys at most; more signatures than that are somebody trying.
        for signature in signatures.split(separator: " ").prefix(8) where signature.hasPrefix("v1,") {
            guard let bytes = Base64.decode(signature.dropFirst(3)), let claimed = Digest(bytes: bytes) else {
                continue
            }
            if expected.contains(claimed) { return }
        }
        throw .wrongSignature
    }

    private static func code(id: String, timestamp: String, body: [UInt8], secret: WebhookSecret) -> Digest {
        .hmac(of: Array("\(id).\(timestamp).".utf8) + body, key: secret.key)
    }
}

extension WebhookSignature.Fault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .malformedTimestamp: "webhook-timestamp must be whole seconds since 1970"
        case .tooOld: "webhook-timestamp is more than five minutes ago; sign again for each attempt"
        case .tooNew: "webhook-timestamp is more than five minutes ahead; set the sender's clock"
        case .wrongSignature: "no signature in webhook-signature fits; check the secret and that the raw body is signed"
        }
    }
}
