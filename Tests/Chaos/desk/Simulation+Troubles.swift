import Desk
import DeskStore
import Foundation
import Postgres
import SeedTestSupport

/// Who joins what is announced, and what is done by a macro.
extension Simulation {
    /// Somebody has the trouble that is announced too, or says that his ticket is about it.
    func join(_ act: Act, _ ticket: Ticket) async throws {
        let announced = try await world.operators.database.all(
            "select uuid from announcement where until is null order by id", as: UUID.self)
        guard let announcement = announced.randomElement(using: &random) else { throw Nobody() }
        guard act == .belong else {
            _ = try await world.intake.join(announcement, scenery.contact(&random), cause: nil)
            return
        }
        let (store, requester, number) = (world.intake, ticket.requester, ticket.number)
        try await store.transaction(seeing: Sight(requester: requester)) { (transaction: borrowing Transaction) in
            _ = try await store.join(number, to: announcement, by: requester, cause: nil, using: transaction)
        }
    }

    func runMacro(on ticket: Ticket) async throws {
        let (person, sight) = try await agent(of: ticket.responsibility.place.team)
        let (store, number) = (world.intake, ticket.number)
        let macros = try await store.directory().organisation.automation.macros.map(\.code)
        guard let code = macros.randomElement(using: &random) else { throw Nobody() }
        try await store.transaction(seeing: sight) { (transaction: borrowing Transaction) in
            _ = try await store.run(macro: code, on: number, Recording(by: .person(person)), using: transaction)
        }
    }
}
