import Desk
import Moments

/// A small desk to try rules on: Oslo with two lines, a confidential team and two suppliers.
enum Sample {
    static let oslo = SiteID(1)
    static let warsaw = SiteID(2)
    static let firstLine = Responsibility(
        place: Place(site: oslo, tier: 1, team: TeamID(11)), position: PositionID(111))
    static let secondLine = Responsibility(
        place: Place(site: warsaw, tier: 2, team: TeamID(22)), position: PositionID(221))
    static let staffMatters = Responsibility(
        place: Place(site: oslo, tier: 2, team: TeamID(33)), position: PositionID(331), isConfidential: true)

    static let requester = PersonID(1000)
    static let kari = PersonID(2001)
    static let jan = PersonID(2002)
    static let fjordnett = SupplierID(7)
    static let printwerk = SupplierID(8)

    static let start = Moment(seconds: 1_790_000_000)

    static func opening(channel: Channel = .mail) -> Ticket.Opening {
        Ticket.Opening(
            number: number, origin: oslo,
            classification: Classification(
                kind: .incident, category: CategoryID(5), impact: .medium, urgency: .medium, priority: .medium),
            channel: channel, language: "nb", requester: requester, intake: firstLine, entry: EntryID(1))
    }

    /// A ticket that went through these events, an hour apart.
    static func ticket(after events: Ticket.Event..., by actor: Ticket.Actor = .person(kari)) throws -> Ticket {
        var ticket = Ticket.open(opening(), id: TicketID(1), at: start, by: .program).ticket
        for event in events { _ = try ticket.apply(event, at: ticket.updatedAt + .seconds(3600), by: actor) }
        return ticket
    }

    private static let number: TicketNumber = {
        guard let number = TicketNumber("OSL-7") else { preconditionFailure("OSL is the code of a site") }
        return number
    }()
}

extension Responsibility {
    /// The same place and position, with a person.
    func held(by person: PersonID) -> Responsibility {
        var held = self
        held.person = person
        return held
    }
}

extension Ticket {
    /// The events that happen with an hour in between; each must be possible.
    mutating func go(through events: Event..., by actor: Actor = .person(Sample.kari)) throws {
        for event in events { _ = try apply(event, at: updatedAt + .seconds(3600), by: actor) }
    }
}
