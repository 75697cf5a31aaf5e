public import Catalogue
public import Desk
public import DeskStore
public import HTML

/// Somebody who asked for help: a person who has signed in, or whoever holds the link to one ticket.
public struct Requester: Sendable {
    public let visit: Visit
    public let person: PersonRecord
    /// The one ticket that the link opens, and the key that proves it.
    private let pass: (ticket: TicketNumber, key: String)?

    init(_ visit: Visit, person: PersonRecord, pass: (ticket: TicketNumber, key: String)? = nil) {
        (self.visit, self.person, self.pass) = (visit, person, pass)
    }

    public var wording: Wording { visit.wording }
    public var actor: Ticket.Actor { .person(person.id) }

    /// The eyes with which to look at a ticket.
    ///
    /// - Throws: `NoSuchTicket` where the link is for another one.
    public func sight(of number: TicketNumber) throws -> Sight {
        if let pass, pass.ticket != number { throw NoSuchTicket(number: number.description) }
        return Sight(requester: person.id)
    }

    /// The eyes with which to list all tickets; nil for whoever holds a link, which opens a single one.
    public var sightOfAll: Sight? { pass == nil ? Sight(requester: person.id) : nil }

    /// A place on this site that opens for the same visitor.
    public func link(_ place: Link) -> Link { place.adding(query: ["key": pass?.key]) }
}
