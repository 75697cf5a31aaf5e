import Desk
import DeskStore
import Moments
import Postgres
import SeedTestSupport

/// How tickets go from team to team, and how they belong together.
extension Simulation {
    func move(_ act: Act, _ ticket: Ticket) async throws {
        let place = ticket.responsibility.place
        switch act {
        case .handOver, .offer:
            let to = try await target()
            try await record(on: ticket, saying: "Please look at this.") { occasion in
                act == .offer
                    ? .offered(to, note: try occasion.words())
                    : .handedOver(to, reason: "expertise", note: try occasion.words())
            }
        case .assign:
            var to = try await target()
            if Bool.random(using: &random) { to.person = try await agent(of: to.place.team).person }
            let chosen = to
            try await record(on: ticket) { _ in .assigned(chosen) }
        case .giveBack:
            let (person, sight) = try await agent(of: place.team)
            let store = world.intake
            try await store.transaction(seeing: sight) { (transaction: borrowing Transaction) in
                let sender = try await store.sender(of: ticket.number, using: transaction)
                let note = Note("Which floor?", visibility: .internal)
                try await store.record(
                    on: ticket.number, Recording(by: .person(person), note: note), using: transaction
                ) { .foundInsufficient(sender, note: try $0.words()) }
            }
        case .acceptOffer, .declineOffer:
            guard let offer = ticket.undertakings.offer else { throw Nobody() }
            let (person, sight) = try await agent(of: offer.team)
            try await world.intake.record(on: ticket.number, seeing: sight, Recording(by: .person(person))) {
                occasion in
                guard act == .acceptOffer else { return .offerDeclined(note: nil) }
                guard let to = occasion.directory.responsibility(of: offer.team, at: offer.site, person: person) else {
                    throw Nobody()
                }
                return .offerAccepted(to)
            }
        default:
            let (person, sight) = try await agent(of: place.team)
            try await world.intake.askForRouting(of: ticket.number, by: person, seeing: sight)
        }
    }

    /// Any team at one of its sites.
    func target() async throws -> Responsibility {
        let directory = try await world.intake.directory()
        guard let team = directory.organisation.teams.randomElement(using: &random),
            let site = team.sites.randomElement(using: &random).flatMap({ directory.sites[$0] }),
            let key = directory.teams[team.code], let to = directory.responsibility(of: key, at: site)
        else { throw Nobody() }
        return to
    }

    /// One of the major incidents that go on.
    private func disturbance() async throws -> TicketNumber? {
        try await world.operators.database.all(
            """
            select number from ticket where major and state not in ('resolved', 'closed') order by id desc limit 5
            """, as: TicketNumber.self
        ).randomElement(using: &random)
    }

    /// Ties a ticket to one of the latest others, makes one of a part of it, or announces it.
    func tie(_ act: Act, _ ticket: Ticket) async throws {
        let (person, sight) = try await agent(of: ticket.responsibility.place.team)
        var other = acknowledged.suffix(20).randomElement(using: &random) ?? ticket.number
        // Reports come together in what disturbs many.
        if act == .attach, Bool.random(using: &random), let trouble = try await disturbance() { other = trouble }
        let recording = Recording(by: .person(person))
        let store = world.intake
        let kind = LinkKind.allCases.randomElement(using: &random) ?? .related
        let part = try await store.transaction(seeing: sight) { (transaction: borrowing Transaction) -> TicketNumber? in
            switch act {
            case .link: try await store.link(ticket.number, to: other, kind, recording, using: transaction)
            case .unlink: try await store.unlink(ticket.number, from: other, kind, recording, using: transaction)
            case .merge: try await store.merge(ticket.number, into: other, recording, using: transaction)
            case .attach: try await store.attach(ticket.number, toParent: other, recording, using: transaction)
            case .waitWithParent: try await store.waitWithParent(ticket.number, recording, using: transaction)
            case .split:
                let entries = try await transaction.entries(of: ticket.id, including: true).suffix(2).map(\.uuid)
                return try await store.split(
                    ticket.number, entries: entries, subject: "The other matter", recording, using: transaction
                ).ticket.number
            default:
                let words = ["en": Announcement.Words(title: "Disturbance", text: "We know of it.")]
                try await store.announce(ticket.number, at: nil, words, recording, using: transaction)
            }
            return nil
        }
        if let part { take(part) }
    }
}
