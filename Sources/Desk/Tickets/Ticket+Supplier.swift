/// The exchange with suppliers. A ticket is shared with a supplier from its referral until the supplier has solved or
/// returned it, or the desk has recalled or resolved it; in between either side may have it.
extension Ticket {
    mutating func refer(to supplier: SupplierID, note: EntryID?) throws(Refusal.Reason) -> [Effect] {
        switch state {
        case .new, .assigned, .inProgress, .waitingRequester, .waitingOther: break
        case .waitingSupplier: throw .isWithSupplier
        case .resolved: throw .isResolved
        case .closed: throw .isClosed
        }
        guard supplier != client else { throw .hasTheTicket }
        guard !suppliers.contains(supplier) else { throw .isWithSupplier }
        sharings.append(Sharing(supplier, since: updatedAt))
        undertakings.inquiries.removeAll { $0.addressee == .supplier(supplier) }
        state = .waitingSupplier
        holder = .supplier(supplier)
        return [.deliver(supplier, .referral(note: note))]
    }

    /// A supplier that was only asked acknowledges too.
    mutating func acknowledge(_ supplier: SupplierID) throws(Refusal.Reason) -> [Effect] {
        guard bonded.contains(supplier) else { throw .isNotWithSupplier }
        for place in sharings.indices where sharings[place].supplier == supplier {
            sharings[place].acknowledged = sharings[place].acknowledged ?? updatedAt
        }
        return []
    }

    mutating func hearQuestion(of supplier: SupplierID, note: EntryID) throws(Refusal.Reason) -> [Effect] {
        sharings[try placeOfSharing(with: supplier)].waitsForDesk = true
        if holder == .supplier(supplier) { returnToTeam() }
        return [.tell(caretaker, .supplierAsked, entry: note)]
    }

    mutating func answer(_ supplier: SupplierID, note: EntryID) throws(Refusal.Reason) -> [Effect] {
        let place = try placeOfSharing(with: supplier)
        switch state {
        case .new, .assigned, .inProgress, .waitingRequester, .waitingOther:
            state = .waitingSupplier
            holder = .supplier(supplier)
        // The supplier that has the ticket keeps it; another one gets the answer all the same.
        case .waitingSupplier: break
        case .resolved: throw .isResolved
        case .closed: throw .isClosed
        }
        (sharings[place].waitsForDesk, sharings[place].asksRequester) = (false, false)
        return [.deliver(supplier, .answer(note: note))]
    }

    /// A supplier that has the ticket asks the requester, and has it again with his answer.
    mutating func askRequester(for supplier: SupplierID) throws(Refusal.Reason) {
        let place = try placeOfSharing(with: supplier)
        guard holder == .supplier(supplier) else { throw .isNotWithSupplier }
        (sharings[place].waitsForDesk, sharings[place].asksRequester) = (true, true)
    }

    /// What the requester says is the answer for those that asked him; the last one has the ticket again.
    mutating func passOn(_ answer: EntryID) -> [Effect] {
        var effects: [Effect] = []
        for place in sharings.indices {
            let supplier = sharings[place].supplier
            guard sharings[place].asksRequester else {
                effects.append(.deliver(supplier, .note(answer)))
                continue
            }
            (sharings[place].waitsForDesk, sharings[place].asksRequester) = (false, false)
            if state != .waitingSupplier { (state, holder) = (.waitingSupplier, .supplier(supplier)) }
            effects.append(.deliver(supplier, .answer(note: answer)))
        }
        return effects
    }

    mutating func takeBack(
        from supplier: SupplierID, _ letter: Letter, note: EntryID?
    ) throws(Refusal.Reason) -> [Effect] {
        let since = sharings[try placeOfSharing(with: supplier)].since
        try endSharing(with: supplier)
        let solved = ClockKey(.supplierResolution, about: .supplier(supplier), round: since)
        return (letter == .supplierResolved ? [.keep(solved)] : []) + [.tell(caretaker, letter, entry: note)]
    }

    mutating func recall(from supplier: SupplierID, note: EntryID?) throws(Refusal.Reason) -> [Effect] {
        try endSharing(with: supplier)
        return [.deliver(supplier, .withdrawal(note: note))]
    }

    /// What the suppliers that have the ticket are told while they do, except of what they said themselves.
    func share(_ message: SupplierMessage, by actor: Actor? = nil) -> [Effect] {
        suppliers.filter { actor != .supplier($0) }.map { .deliver($0, message) }
    }

    func hearFailure(of supplier: SupplierID) throws(Refusal.Reason) -> [Effect] {
        _ = try placeOfSharing(with: supplier)
        return [.tell(caretaker, .supplierUnreachable, entry: nil)]
    }

    /// Escalation on the supplier's side, where its contract has agreed to it.
    func escalate(to supplier: SupplierID, _ mark: ContractMark) throws(Refusal.Reason) -> [Effect] {
        _ = try placeOfSharing(with: supplier)
        return [.deliver(supplier, .escalation(mark))]
    }

    private mutating func endSharing(with supplier: SupplierID) throws(Refusal.Reason) {
        sharings.remove(at: try placeOfSharing(with: supplier))
        if holder == .supplier(supplier) { returnToTeam() }
    }

    private func placeOfSharing(with supplier: SupplierID) throws(Refusal.Reason) -> Int {
        guard let place = sharings.firstIndex(where: { $0.supplier == supplier }) else { throw .isNotWithSupplier }
        return place
    }
}
