public import Desk
public import Postgres

extension Directory {
    /// Who answers for a ticket once it is given back to the team that handed it over, as its legs tell.
    ///
    /// - Throws: `Refusal` where no other team has had it.
    public func sender(of ticket: Ticket, after legs: [Leg]) throws -> Responsibility {
        guard let (place, position) = legs.sender(to: ticket.responsibility.place, in: ticket.episode),
            let sender = responsibility(of: place.team, at: place.site, position: position)
        else { throw Refusal(reason: .wasNotHandedOver, state: ticket.state, event: .foundInsufficient) }
        return sender
    }

    /// The eyes of whoever sees what the team sees that answers for a ticket.
    public func sight(of responsibility: Responsibility) -> Sight {
        let (team, site) = (responsibility.place.team, responsibility.place.site)
        return Sight(scopes: [key(of: responsibility.isConfidential ? .team(team) : .site(site))].compactMap(\.self))
    }

    /// What is missing, as a note for those who have to find it out: a line for each thing, and what has a name by its
    /// name in their language.
    public func note(missing: [String], for sender: SiteID?) -> String {
        let language = language(of: sender)
        return missing.map { "- \(organisation.need($0)?.name(in: language) ?? $0)" }.joined(separator: "\n")
    }
}

extension DeskStore {
    /// Who handed a ticket over, with the ticket held against other changes until the transaction ends.
    ///
    /// - Throws: `NoSuchTicket`, and `Refusal` where no other team has had it.
    public func sender(of number: TicketNumber, using transaction: borrowing Transaction) async throws -> Responsibility
    {
        guard let held = try await transaction.hold(number) else {
            throw NoSuchTicket(number: number.description)
        }
        let legs = try await transaction.legs(of: held.ticket.id)
        return try await directory(using: transaction).sender(of: held.ticket, after: legs)
    }
}
