import Desk
import DeskStore
import DeskTestSupport
import Postgres
import RoutingTestSupport
import Runtime
import Testing

extension TestDesk {
    /// Does all that the routing worker has to do.
    func drainRouting() async throws {
        let worker = try TestDesk(as: "meridian_routing", time: time)
        try await RoutingRun(worker).drain("routing")
        await worker.store.database.close()
    }

    /// A ticket with everything about it.
    func view(of ticket: Ticket) async throws -> TicketView {
        try #require(await store.view(of: ticket.number, seeing: .desk, including: true))
    }
}
