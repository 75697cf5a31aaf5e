public import Jobs

/// Left by a referral, an answer or a withdrawal; the supplier worker carries the bond's messages over, in their order.
public struct DeliverSupplierMessage: Job {
    public static let kind: JobKind = "supplier.deliver"
    public static let queue: JobQueue = "suppliers"
    public static let policy = JobPolicy.patient

    /// The supplier ticket whose next message is due.
    public let bond: Int64

    public init(bond: Int64) { self.bond = bond }
}
