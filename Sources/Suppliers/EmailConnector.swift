import Desk
import DeskSuppliers

/// A supplier that reads mail. What it is told leaves as a letter, with all that letters have: tries, outcomes, and
/// word of what did not arrive.
struct EmailConnector: Connector {
    let terms: Supplier.Email

    func deliver(_ message: Outgoing, over wire: Wire) async throws(Setback) -> Delivered {
        Delivered(leavesByMail: terms)
    }

    func statements(in receipt: String) throws(UnreadableEvent) -> [SupplierStatement] {
        try EmailReceipt(reading: receipt.utf8).statements(knowing: terms.references)
    }
}
