public import Postgres

extension Transaction {
    /// Whether some bytes have crossed between both sides of an exchange: they stand at words of the supplier's, at
    /// words that it was told, or at what the requester wrote first.
    public borrowing func hasExchanged(_ sha256: [UInt8], in bond: BondView) async throws -> Bool {
        try await first(
            """
            select true from attachment a
            where a.sha256 = \(sha256) and a.ticket = \(bond.ticket) and a.entry is not null and (
                (select e.author_supplier from entry e where e.id = a.entry) = \(bond.supplier)
                or a.entry in (select m.note from supplier_message m where m.supplier_ticket = \(bond.id))
                or a.entry = (select e.id from entry e where e.ticket = \(bond.ticket) and e.visibility = 'public'
                    order by e.id limit 1))
            limit 1
            """, as: Bool.self) ?? false
    }
}
