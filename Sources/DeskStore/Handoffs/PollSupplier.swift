public import Jobs

/// Left by the clock each minute; the supplier worker leaves a poll for each supplier whose system does not call us.
public struct PollSuppliers: Job {
    public static let kind: JobKind = "supplier.polls"
    public static let queue: JobQueue = "suppliers"
    public static let policy = JobPolicy.standard

    public init() {}
}

/// Has one supplier's system asked what has changed there.
public struct PollSupplier: Job {
    public static let kind: JobKind = "supplier.poll"
    public static let queue: JobQueue = "suppliers"
    public static let policy = JobPolicy(attempts: 3, timeout: .seconds(45))

    public let supplier: Int64

    public init(supplier: Int64) { self.supplier = supplier }
}
