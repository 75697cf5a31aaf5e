import Desk
import DeskStore
import JSON
import Moments
import Postgres
import SeedTestSupport

extension Simulation {
    /// The ticket as it is.
    func record(of number: TicketNumber) async throws -> TicketRecord? {
        try await world.operators.database.first(
            Query<TicketRecord>("select \(columns: TicketRecord.self) from ticket t where t.number = \(number)"))
    }

    /// Somebody does something about a ticket, and thinks of it again later, for as long as it is open.
    func act(on number: TicketNumber) async throws {
        guard let ticket = try await record(of: number)?.ticket else {
            report.lost += 1
            return fail("what was acknowledged is there", about: "\(number)", "there is no such ticket")
        }
        let turn = turns[number, default: 0]
        turns[number] = turn + 1
        let chosen = somethingToDo(about: ticket, turn: turn)
        let pause = scenery.thought(&random)
        if Int.random(in: 0..<15, using: &random) == 0, !faults.isOut {
            try await overlap(chosen, on: ticket)
        } else {
            try await attempt(chosen, on: ticket)
        }
        // Closed for good, but that somebody may come back to it within some days.
        let isClosed = try await record(of: number)?.ticket.state == .closed
        if isClosed, turn > 25 || Int.random(in: 0..<4, using: &random) > 0 { return }
        agenda.plan(.act(number), at: now + pause)
    }

    /// What somebody is likely to do with a ticket as it is.
    func somethingToDo(about ticket: Ticket, turn: Int) -> Act {
        let weights = Act.allCases.map { $0.weight(for: ticket, turn: turn) }
        var place = Int.random(in: 0..<max(1, weights.reduce(0, +)), using: &random)
        for (act, weight) in zip(Act.allCases, weights) {
            if place < weight { return act }
            place -= weight
        }
        return .note
    }

    private func attempt(_ act: Act, on ticket: Ticket) async throws {
        do {
            let done: Bool? = try await tolerate(act.rawValue) {
                try await self.perform(act, on: ticket)
                return true
            }
            if done != nil { deeds[act.rawValue, default: 0] += 1 }
        } catch let error where Self.isRefusal(error) {
            refusals[act.rawValue, default: 0] += 1
        } catch let error as DatabaseError {
            fail("what people do is taken or refused", about: "\(ticket.number)", "\(act.rawValue): \(error)")
        }
    }

    static func isRefusal(_ error: any Error) -> Bool {
        error is Refusal || error is NoSuchTicket || error is UnfitSplit || error is Nobody || error is MacroRefused
            || error is NoSuchMacro || error is UnfitAbsence || error is UnfitRosterEntry || error is NoSuchArticle
            || error is ArticleChanged || error is NoSuchPerson
            || error is JSONFaults
    }

    func perform(_ act: Act, on ticket: Ticket) async throws {
        switch act {
        case .take, .note, .message, .ask, .hold, .resume, .release, .close, .detach, .standDown, .judgeSufficient,
            .keepPromise, .promise, .resolve, .withdraw, .reopen, .changeOwner, .escalate, .change, .mention:
            try await work(act, on: ticket)
        case .handOver, .assign, .giveBack, .offer, .acceptOffer, .declineOffer, .reroute:
            try await move(act, ticket)
        case .refer, .recall, .answerSupplier, .inquire, .answerInquiry, .withdrawInquiry:
            try await ask(act, about: ticket)
        case .reply: try await reply(about: ticket)
        case .link, .unlink, .merge, .attach, .waitWithParent, .split, .announce: try await tie(act, ticket)
        case .joinTrouble, .belong: try await join(act, ticket)
        case .runMacro: try await runMacro(on: ticket)
        }
    }

    /// Somebody who works for the team that has the ticket, with the eyes that his rights give him.
    func agent(of team: TeamID) async throws -> (person: PersonID, sight: Sight) {
        let people = try await world.operators.database.all(
            """
            select h.person from position_holder h join position p on p.id = h.position
            where p.team = \(team) and h.until is null order by h.person
            """, as: PersonID.self)
        guard let person = Array(Set(people)).sorted().randomElement(using: &random) else { throw Nobody() }
        return (person, try await world.intake.rights(of: person).sight)
    }

    /// Records an event as an agent of the team that has the ticket.
    func record(
        on ticket: Ticket, saying text: String? = nil, visibly: Bool = false, as agent: PersonID? = nil,
        _ event: @Sendable @escaping (Occasion) throws -> Ticket.Event
    ) async throws {
        let (person, sight) = try await self.agent(of: ticket.responsibility.place.team)
        let note = text.map { Note($0, visibility: visibly ? .public : .internal, channel: .web) }
        try await world.intake.record(
            on: ticket.number, seeing: sight, Recording(by: .person(agent ?? person), note: note), event: event)
    }
}

/// Nobody of the team is there who could do anything.
struct Nobody: Error {}

/// An event needs words that were not written.
struct NoWords: Error {}

extension Occasion {
    /// The key of the words that come with the event.
    func words() throws -> EntryID {
        guard let entry else { throw NoWords() }
        return entry
    }
}
