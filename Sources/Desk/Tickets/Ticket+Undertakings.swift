import Moments

/// Promises, questions, offers and what is carried up.
extension Ticket {
    /// The person's hands are empty again; the ticket is in his position's queue.
    mutating func release() throws(Refusal.Reason) -> [Effect] {
        try requireOpen()
        guard responsibility.person != nil else { throw .changesNothing }
        responsibility.person = nil
        if state == .inProgress { state = .assigned }
        return [.tell(caretaker, .assigned, entry: nil)]
    }

    mutating func change(owner position: PositionID) throws(Refusal.Reason) -> [Effect] {
        guard state != .closed else { throw .isClosed }
        guard owner != position else { throw .changesNothing }
        owner = position
        return [.tell(.position(position), .owned, entry: nil)]
    }

    mutating func judgeSufficient() throws(Refusal.Reason) -> [Effect] {
        try requireOpen()
        guard undertakings.isSufficient != true else { throw .changesNothing }
        undertakings.isSufficient = true
        return []
    }

    /// What is needed to solve it, until the team that has it decides otherwise.
    mutating func choose(_ means: Means) throws(Refusal.Reason) -> [Effect] {
        try requireOpen()
        guard undertakings.means != means else { throw .changesNothing }
        undertakings.means = means
        return []
    }

    /// The ticket goes back to whoever handed it over, with the list of what is missing (S54).
    mutating func giveBack(to sender: Responsibility, note: EntryID) throws(Refusal.Reason) -> [Effect] {
        _ = try handOver(to: sender, note: note)
        undertakings.isSufficient = false
        undertakings.returns += 1
        return [.tell(caretaker, .missing, entry: note)]
    }

    mutating func promiseCallback(by due: Moment) throws(Refusal.Reason) -> [Effect] {
        try requireOpen()
        guard due > updatedAt else { throw .isInThePast }
        undertakings.callback = Callback(due: due, promisedAt: updatedAt)
        return [.tell(.requester, .callbackPromised, entry: nil)]
    }

    mutating func keepCallback(by actor: Actor) throws(Refusal.Reason) -> [Effect] {
        guard let callback = undertakings.callback else { throw .nothingPromised }
        undertakings.callback = nil
        noteResponse(by: actor, at: updatedAt)
        return [.keep(callback.clock)]
    }

    mutating func inquire(_ addressee: Inquiry.Addressee, question: EntryID) throws(Refusal.Reason) -> [Effect] {
        try requireOpen()
        let isShared =
            switch addressee {
            case .team(let place): place.team == responsibility.place.team
            case .supplier(let supplier): suppliers.contains(supplier) || supplier == client
            }
        guard !isShared else { throw .hasTheTicket }
        guard !undertakings.inquiries.contains(where: { $0.addressee == addressee }) else { throw .isAskedAlready }
        if case .team = addressee, responsibility.isConfidential { throw .isConfidential }
        undertakings.inquiries.append(Inquiry(question: question, addressee: addressee, askedAt: updatedAt))
        return switch addressee {
        case .team(let place): [.tell(.team(place.team), .inquiry, entry: question)]
        case .supplier(let supplier): [.deliver(supplier, .question(note: question))]
        }
    }

    mutating func endInquiry(_ question: EntryID, answer: EntryID?) throws(Refusal.Reason) -> [Effect] {
        guard let place = undertakings.inquiries.firstIndex(where: { $0.question == question }) else {
            throw .isNotAsked
        }
        let inquiry = undertakings.inquiries.remove(at: place)
        if let answer { return [.keep(inquiry.clock), .tell(caretaker, .inquiryAnswered, entry: answer)] }
        guard case .supplier(let supplier) = inquiry.addressee else { return [] }
        return [.deliver(supplier, .withdrawal(note: nil))]
    }

    /// Another team may have the ticket if it wants it, as at the end of a shift.
    mutating func offer(to: Responsibility, note: EntryID?) throws(Refusal.Reason) -> [Effect] {
        try requireOpen()
        guard to.place != responsibility.place else { throw .isWithTeamAlready }
        guard undertakings.offer != to.place else { throw .changesNothing }
        if responsibility.isConfidential { throw .isConfidential }
        undertakings.offer = to.place
        return [.tell(.position(to.position), .offered, entry: note)]
    }

    mutating func acceptOffer(as to: Responsibility) throws(Refusal.Reason) -> [Effect] {
        guard undertakings.offer == to.place else { throw .isNotOffered }
        let previous = caretaker
        _ = try handOver(to: to, note: nil)
        return [.tell(previous, .offerAccepted, entry: nil)]
    }

    mutating func declineOffer(note: EntryID?) throws(Refusal.Reason) -> [Effect] {
        guard undertakings.offer != nil else { throw .isNotOffered }
        undertakings.offer = nil
        return [.tell(caretaker, .offerDeclined, entry: note)]
    }

    /// Hierarchical escalation: the ticket stays where it is, somebody above hears of it. A level hears of it once, and
    /// once more of each promise that was given after that and lapsed too: such a one is carried up from below again.
    mutating func escalate(to level: EscalationLevel, round: Moment?) throws(Refusal.Reason) -> [Effect] {
        try requireOpen()
        let isNews = round.flatMap { round in undertakings.escalatedAt.map { $0 < round } } ?? false
        if let reached = undertakings.escalation, reached >= level, !isNews { throw .isEscalatedAlready }
        undertakings.escalation = level
        undertakings.escalatedAt = updatedAt
        return [.tell(.above(responsibility.place, level), .escalated, entry: nil)]
    }

    /// Somebody of the desk hears of it, and has nothing to do with it otherwise.
    func tell(_ party: ToldParty, _ entry: EntryID) -> [Effect] {
        let audience: Audience =
            switch party {
            case .position(let position): .position(position)
            case .team(let team): .team(team)
            case .level(let level): .above(responsibility.place, level)
            }
        return [.tell(audience, .told, entry: entry)]
    }

    /// What is not settled when the ticket leaves the team or ends is settled by that; an offer also by somebody of the
    /// team who works on it after all.
    mutating func settleUndertakings(since old: Ticket) -> [Effect] {
        if state != .waitingOther {
            undertakings.resumesAt = nil
            ties.waitsForParent = false
        }
        let isTaken = responsibility.person != nil && responsibility.person != old.responsibility.person
        if responsibility.place != old.responsibility.place || isTaken || hasEnded { undertakings.offer = nil }
        if responsibility.place.team != old.responsibility.place.team { undertakings.means = nil }
        if responsibility.place != old.responsibility.place, undertakings.returns == old.undertakings.returns {
            undertakings.isSufficient = nil
        }
        if episode != old.episode { (undertakings.escalation, undertakings.escalatedAt) = (nil, nil) }
        guard hasEnded, old.state != state else { return [] }
        let asked = undertakings.suppliers
        let returns = undertakings.returns
        undertakings = Undertakings(
            returns: returns, escalation: undertakings.escalation, escalatedAt: undertakings.escalatedAt)
        return asked.map { .deliver($0, .withdrawal(note: nil)) }
    }

    func requireOpen() throws(Refusal.Reason) {
        switch state {
        case .new, .assigned, .inProgress, .waitingRequester, .waitingSupplier, .waitingOther: break
        case .resolved: throw .isResolved
        case .closed: throw .isClosed
        }
    }
}
