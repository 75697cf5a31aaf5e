public import Desk
import DeskStore
import DeskSuppliers
import HTTP

/// A supplier's system that has shown a token of the supplier's. It sees what the supplier has from us, and no more.
public struct SupplierClient: Sendable {
    public let id: SupplierID
    let supplier: Supplier
    /// The organisation in force as it came in.
    let directory: Directory
    /// What every answer tells of the quota of its token.
    let quota: Fields
}
