public import Foundation
public import Jobs

/// Left where something happens to a ticket that a supplier's system works on through our interface; the supplier
/// worker tells one listener of it.
public struct TellSupplierListener: Job {
    public static let kind: JobKind = "supplier.tell"
    public static let queue: JobQueue = "suppliers"
    public static let policy = JobPolicy.standard

    public let listener: UUID
    public let supplier: Int64
    public let bond: Int64
    /// The event's identity, the same over all attempts.
    public let event: UUID
    /// The name of the event.
    public let kind: String
    /// When it happened, in microseconds since 1970.
    public let at: Int64

    public init(listener: UUID, supplier: Int64, bond: Int64, event: UUID, kind: String, at: Int64) {
        (self.listener, self.supplier, self.bond) = (listener, supplier, bond)
        (self.event, self.kind, self.at) = (event, kind, at)
    }
}
