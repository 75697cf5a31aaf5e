public import Runtime

/// Where the supplier worker can be killed by a test, beside those of every job: when a supplier has a message and
/// the desk does not know yet, and before what a supplier said is committed.
public enum SupplierPoint: String, FaultPoints {
    case posted = "supplier.posted"
    case receiptBeforeCommit = "receipt.before-commit"
}
