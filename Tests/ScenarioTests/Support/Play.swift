import Desk
import DeskStore
import DeskSuppliers
import DeskTestSupport
import Foundation
import Moments
import Postgres
import Runtime
import Testing

/// One ticket on the stage of a scenario: what its people and its supplier do, minute by minute after its opening.
struct Play {
    let scenario: Scenario
    let number: TicketNumber
    let directory: Directory

    init(scenario: Scenario, number: TicketNumber) async throws {
        (self.scenario, self.number) = (scenario, number)
        directory = try await scenario.routing.directory()
    }

    /// Who acts, and on what.
    struct Cast {
        let occasion: Occasion
        let person: PersonID

        func supplier(_ code: String) throws -> SupplierID { try #require(occasion.directory.suppliers[code]) }

        func note() throws -> EntryID { try #require(occasion.entry) }

        func responsibility(of team: String, at site: String) throws -> Responsibility {
            let directory = occasion.directory
            let (team, site) = (try #require(directory.teams[team]), try #require(directory.sites[site]))
            return try #require(directory.responsibility(of: team, at: site))
        }
    }

    private func moment(_ minute: Int) -> Moment { TestDesk.monday + .seconds(60 * minute) }

    /// Lets an agent act through the gateway, with the eyes that his rights give him.
    func at(
        minute: Int, by address: String, saying text: String? = nil, visibly: Bool = false,
        _ act: @escaping @Sendable (Cast) throws -> Ticket.Event
    ) async throws {
        scenario.time.advance(to: moment(minute))
        let person = try #require(await scenario.intake.person(at: address)).id
        let sight = try await scenario.intake.rights(of: person).sight
        let note = text.map { Note($0, visibility: visibly ? .public : .internal, channel: .web) }
        try await scenario.intake.record(
            on: number, seeing: sight, Recording(by: .person(person), note: note)
        ) { try act(Cast(occasion: $0, person: person)) }
    }

    /// The supplier says something about the exchange that it has heard of.
    func hear(_ content: SupplierStatement.Content, minute: Int) async throws {
        scenario.time.advance(to: moment(minute))
        let exchange = try #require(scenario.outside.events.last).payload.exchange
        let id = UUID().uuidString
        let event = CloudEvent(
            id: id, source: "https://printwerk.example", subject: "PW-7", time: scenario.time.now, sequence: nil,
            payload: SupplierStatement(exchange: exchange, content))
        let supplier = try #require(directory.suppliers["printwerk"])
        for isFirst in [true, false] {
            #expect(try await scenario.intake.receive(event.text, messageID: id, from: supplier) == isFirst)
        }
        try await scenario.settle()
    }

    /// How many deadlines are told of when the time has come to a minute.
    func expectDeadlines(
        upTo minute: Int, _ count: Int, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        scenario.time.advance(to: moment(minute))
        #expect(try await scenario.fireDeadlines() == count, sourceLocation: sourceLocation)
    }

    /// What has happened so far.
    func expect(_ kinds: [Ticket.Event.Kind]) async throws {
        let happened = try await view().log.map(\.recorded.event.kind)
        #expect(happened == kinds)
    }

    func view() async throws -> TicketView {
        try #require(await scenario.routing.view(of: number, seeing: .desk, including: true))
    }

    /// Minutes from the opening to a moment.
    func minute(_ moment: Moment?) -> Int? {
        moment.map { Int($0.duration(since: TestDesk.monday).components.seconds / 60) }
    }
}
