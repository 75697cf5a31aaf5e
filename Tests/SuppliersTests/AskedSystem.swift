import Desk
import DeskStore
import DeskSuppliers

@testable import Suppliers

/// A system that has to be asked, and answers as the test says.
struct AskedSystem: Connector {
    var found: @Sendable (_ cursor: String?) -> Result<Polled, Setback> = { _ in
        .success(Polled(receipts: [], cursor: ""))
    }
    var held: @Sendable (BondView) -> Picture? = { _ in nil }

    var polls: Bool { true }

    /// Serves one supplier of the example; others are not asked.
    var asFjordnett: Connectors { Connectors { $0.code == "fjordnett" ? self : nil } }

    func deliver(_ message: Outgoing, over wire: Wire) async throws(Setback) -> Delivered { Delivered() }

    func poll(since cursor: String?, over wire: Wire) async throws(Setback) -> Polled? { try found(cursor).get() }

    func picture(of bond: BondView, over wire: Wire) async throws(Setback) -> Picture? { held(bond) }

    func statements(in receipt: String) throws(UnreadableEvent) -> [SupplierStatement] { [] }
}
