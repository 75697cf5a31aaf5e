public import Desk
import JSON

/// What would leave to a supplier with a message, and what of the ticket stays.
public struct Leaving: Hashable, Sendable {
    public let kind: SupplierMessage.Kind
    public let disclosure: Disclosure
    /// The parts of the ticket that there are and that the supplier may not see.
    public let withheld: [Supplier.Field]
    /// In the supplier's form, byte by byte; nil where it reads on the desk's own pages.
    public let text: String?

    public init(_ kind: SupplierMessage.Kind, of facts: TicketFacts, allowing fields: [Supplier.Field], text: String?) {
        (self.kind, self.text) = (kind, text)
        disclosure = Disclosure(of: facts, allowing: fields)
        withheld = Supplier.Field.allCases.filter { !fields.contains($0) && facts[$0] != nil }
    }
}
