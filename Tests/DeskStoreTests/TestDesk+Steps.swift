import Desk
import DeskStore
import DeskTestSupport
import Postgres
import PostgresTestSupport
import Runtime
import Testing

extension TestDesk {
    /// A ticket of a site, from somebody.
    func accept(
        at site: String = "OSL", from address: String = "kari@customer.example", uploads: [Upload] = []
    ) async throws -> Ticket {
        let key = try #require(await store.directory().sites[site])
        var submission = Self.submission(from: address, at: key)
        submission.uploads = uploads
        return try await store.accept(submission).ticket
    }

    /// Lets an event happen, a minute later.
    @discardableResult
    func record(
        on ticket: Ticket, by actor: Ticket.Actor = .program, note: String? = nil, seeing sight: Sight = .desk,
        _ event: @Sendable (Occasion) throws -> Ticket.Event
    ) async throws -> Ticket {
        time.advance(by: .seconds(60))
        let recording = Recording(by: actor, note: note.map { Note($0, visibility: .internal) })
        return try await store.record(on: ticket.number, seeing: sight, recording, event: event).ticket
    }

    /// Hands the ticket to a team at the team's own site.
    @discardableResult
    func handOver(
        _ ticket: Ticket, to team: String, by actor: Ticket.Actor = .program, seeing sight: Sight = .desk
    ) async throws -> Ticket {
        try await record(on: ticket, by: actor, note: "For you", seeing: sight) { occasion in
            .handedOver(
                try occasion.directory.responsibility(of: team), reason: "skill", note: try #require(occasion.entry))
        }
    }

    /// Refers the ticket to a supplier.
    @discardableResult
    func refer(_ ticket: Ticket, to supplier: String) async throws -> Ticket {
        try await record(on: ticket, note: "Please look") {
            .referred(try #require($0.directory.suppliers[supplier]), note: $0.entry)
        }
    }

    func person(_ name: String) async throws -> PersonID {
        try #require(await store.person(at: "\(name)@norrsken.example")).id
    }

    func sight(of name: String) async throws -> Sight {
        try await store.rights(of: person(name)).sight
    }

    /// Runs `body` with a desk as the role of a program sees it.
    static func playing(_ role: String, _ body: (TestDesk) async throws -> Void) async throws {
        let desk = try TestDesk(as: role)
        do {
            try await body(desk)
        } catch {
            await desk.store.database.close()
            throw error
        }
        await desk.store.database.close()
    }
}

extension Directory {
    func responsibility(of code: String) throws -> Responsibility {
        let team = try #require(organisation.team(code))
        let (site, key) = (team.sites.first.flatMap { sites[$0] }, teams[code])
        let place = try (#require(key), #require(site))
        return try #require(responsibility(of: place.0, at: place.1))
    }
}
