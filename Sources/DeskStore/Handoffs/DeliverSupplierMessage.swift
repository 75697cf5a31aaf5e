public import Jobs

/// Left by a referral, an answer or a withdrawal; the supplier worker carries the bond's messages over, in their order.
public struct DeliverSupplierMessage: Job {
    public static let kind: JobKind = "supplier.deliver"
    public static let queue: JobQueue = "suppliers"
    public static let policy = JobPolicy.patient

    /// The supplier ticket whose next message is due.
    public let bond: Int64

    public init(bond: Int64) { self.bond = bond }

    /// The messages of one exchange go one after the other.
    public static func key(of bond: Int64) -> String { "supplier-ticket:\(bond)" }

    /// The part of the queue in which one supplier's jobs are, to be limited and paused.
    public static func queue(of supplier: String) -> JobQueue {
        JobQueue(rawValue: "\(queue.rawValue)/\(supplier)")
    }
}
