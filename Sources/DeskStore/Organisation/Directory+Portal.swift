public import Desk

extension Directory {
    /// The suppliers that work in the desk's portal and for which an address speaks there: their contact, and the
    /// people who are named beside it.
    ///
    /// - Parameter address: in small letters.
    public func suppliers(spokenForBy address: String) -> [SupplierID] {
        organisation.suppliers.compactMap { supplier in
            supplier.readers.contains { $0.address.lowercased() == address } ? suppliers[supplier.code] : nil
        }
    }

    /// Everybody who speaks for a supplier in the desk's portal.
    public var portalReaders: [Supplier.Reader] { organisation.suppliers.flatMap(\.readers) }
}
