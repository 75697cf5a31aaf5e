public import Jobs

/// Left by a supplier door, which only checks who speaks and keeps what was said; the supplier worker interprets it.
public struct ReadSupplierReceipt: Job {
    public static let kind: JobKind = "supplier.read"
    public static let queue: JobQueue = "suppliers"
    public static let policy = JobPolicy.standard

    public let receipt: Int64

    public init(receipt: Int64) { self.receipt = receipt }
}
