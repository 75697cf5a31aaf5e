import DeskSuppliers

/// A supplier that works in the desk's own portal has a message as soon as it is there.
struct PortalConnector: Connector {
    func deliver(_ message: Outgoing, over wire: Wire) async throws(Setback) -> Delivered { Delivered() }

    func statements(in receipt: String) throws(UnreadableEvent) -> [SupplierStatement] {
        throw UnreadableEvent("a supplier of the portal has no system that could send anything")
    }
}
