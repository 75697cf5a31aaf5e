public import Jobs

/// Left by the clock each night, and by an operator; the supplier worker leaves a comparison for each supplier.
public struct ReconcileSuppliers: Job {
    public static let kind: JobKind = "supplier.reconciliations"
    public static let queue: JobQueue = "suppliers"
    public static let policy = JobPolicy.standard

    public init() {}
}

/// Has the open exchanges with one supplier compared with what its system holds, a few at a time.
public struct ReconcileSupplier: Job {
    public static let kind: JobKind = "supplier.reconcile"
    public static let queue: JobQueue = "suppliers"
    public static let policy = JobPolicy(attempts: 3, timeout: .seconds(45))

    public let supplier: Int64
    /// The last exchange that was compared.
    public let after: Int64

    public init(supplier: Int64, after: Int64 = 0) { (self.supplier, self.after) = (supplier, after) }
}
