public import Desk
import Secrets

/// A supplier's system that calls us: who it says it is, and what is needed to check that.
public struct SupplierCaller: Sendable {
    public let id: SupplierID
    public let code: String
    let signature: WebhookSignature
    /// Any of which may have signed.
    let secrets: [WebhookSecret]
}
