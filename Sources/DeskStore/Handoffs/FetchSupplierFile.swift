public import Jobs

/// Left by a poll that has found a file at a supplier's ticket; the supplier worker fetches it.
public struct FetchSupplierFile: Job {
    public static let kind: JobKind = "supplier.fetch"
    public static let queue: JobQueue = "suppliers"
    /// As patient as with messages: a system that is away for a weekend has its files still.
    public static let policy = JobPolicy.patient

    /// What is known of the file.
    public let receipt: Int64

    public init(receipt: Int64) { self.receipt = receipt }
}
