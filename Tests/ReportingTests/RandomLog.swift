import Desk
import DeskTestSupport
import Moments
import SeedTestSupport

/// A ticket's life as chance has it: any of the things that figures look at, at any time, the refused ones left out.
struct RandomLog {
    private(set) var log: [RecordedEvent]
    let ticket: Ticket

    private static let requester = PersonID(4711)

    /// - Parameters:
    ///   - teams: those among which the ticket is passed, each at a site for which it works.
    ///   - suppliers: those to which it may be referred.
    init(
        id: TicketID, seed: inout Seed, teams: [Responsibility], suppliers: [SupplierID], agent: PersonID
    ) throws {
        let place = teams.randomElement(using: &seed) ?? teams[0]
        let kind = Ticket.Kind.allCases.randomElement(using: &seed) ?? .incident
        let isByPhone = Int.random(in: 0..<4, using: &seed) == 0
        guard let number = TicketNumber("OSL-\(id.rawValue)") else { preconditionFailure("It is a number") }
        let opening = Ticket.Opening(
            number: number, origin: place.place.site,
            classification: Classification(
                kind: kind, category: nil, impact: .medium, urgency: .medium, priority: .medium),
            channel: isByPhone ? .phone : .web, language: "en", requester: Self.requester, intake: place,
            entry: EntryID(1))
        var now = TestDesk.monday + .seconds(Int.random(in: 0...1_000_000, using: &seed))
        let opener = Ticket.Actor.person(isByPhone ? agent : Self.requester)
        var ticket = Ticket.open(opening, id: id, at: now, by: opener).ticket
        log = [RecordedEvent(at: now, actor: opener, event: .opened(opening))]
        for _ in 0..<24 {
            let to = teams.randomElement(using: &seed) ?? place
            let supplier = suppliers.randomElement(using: &seed) ?? suppliers[0]
            let event = Self.event(to: to, supplier, agent, &seed)
            let actors: [Ticket.Actor] = [
                .person(agent), .person(agent), .person(agent), .person(Self.requester), .program,
            ]
            let actor = actors.randomElement(using: &seed) ?? .program
            now = now + Self.pause(&seed)
            guard (try? ticket.apply(event, at: now, by: actor)) != nil else { continue }
            log.append(RecordedEvent(at: ticket.updatedAt, actor: actor, event: event))
        }
        self.ticket = ticket
    }

    private static func pause(_ seed: inout Seed) -> Duration {
        switch Int.random(in: 0..<6, using: &seed) {
        case 0: .zero
        case 1: .seconds(Int.random(in: 0...300_000, using: &seed))
        default: .microseconds(Int.random(in: 0...7_200_000_000, using: &seed))
        }
    }

    private static func event(
        to: Responsibility, _ supplier: SupplierID, _ agent: PersonID, _ seed: inout Seed
    ) -> Ticket.Event {
        let note = EntryID(2)
        let outcome = Ticket.Outcome.allCases.randomElement(using: &seed) ?? .solved
        let events: [Ticket.Event] = [
            .taken(agent), .taken(agent), .taken(agent), .messageSent(note), .noteAdded(note), .requesterAsked(note),
            .requesterReplied(note), .putOnHold(until: nil, note: nil), .resumed,
            .handedOver(to, reason: "-", note: note),
            .foundInsufficient(to, note: note), .assigned(to), .routed(to, rule: "chance"), .released,
            .referred(supplier, note: nil), .supplierAcknowledged(supplier, reference: "S-1"),
            .supplierAsked(supplier, note: note),
            .supplierAnswered(supplier, note: note), .supplierReturned(supplier, note: nil),
            .supplierResolved(supplier, note: nil), .resolved(outcome, note: note),
            .resolved(outcome, note: note, knowledge: .article(ArticleID(3))), .reopened(.notSolved, note: note),
            .closed, .merged(into: TicketID(4711)),
        ]
        return events.randomElement(using: &seed) ?? .resumed
    }
}
