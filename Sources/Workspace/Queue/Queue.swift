import Desk
import DeskStore
import DeskWeb
import HTTP
import JSON
import Moments
import Runtime
import TimeZones

extension Workspace {
    static let pageSize = 50

    /// What the queue page is compared with while it is open, and while nobody shows it anew.
    func queueMark(_ request: Request, for agent: Agent) async throws -> Response {
        let filter = QueueFilter(request.query)
        let tickets = try await website.store.workload(
            filter.filter(for: agent, agent.visit.directory()), after: filter.after, limit: Self.pageSize + 1,
            seeing: agent.sight)
        return Response(json: JSON.object(["mark": QueueMark(tickets).text]).bytes())
    }

    /// What there is to do for the agent's sites and teams, the most urgent first.
    func queue(_ request: Request, for agent: Agent) async throws -> Response {
        let directory = try agent.visit.directory()
        let filter = QueueFilter(request.query)
        // One more than is shown tells whether there is another page, without counting.
        let list = try await website.store.worklist(
            for: agent.person.id, filter.filter(for: agent, directory), after: filter.after,
            limit: Self.pageSize + 1, letters: LettersNotice.concerns(agent),
            parked: ParkedMailNotice.concerns(agent), seeing: agent.sight)
        let zone = website.zone(of: agent.person.homeSite, in: directory)
        let availability = AvailabilityPanel(
            agent: agent, availability: list.availability, zone: zone, isNew: request.query["available"] != nil)
        let page = QueuePage(
            agent: agent, availability: availability, directory: directory, filter: filter,
            mark: QueueMark(list.tickets), tickets: Array(list.tickets.prefix(Self.pageSize)),
            hasMore: list.tickets.count > Self.pageSize,
            notice: DoneNotice(request.query), now: website.store.timekeeper.now,
            news: KnownDisturbances(list.announcements, in: directory, on: website, wording: agent.wording),
            letters: list.waitingLetters.map { LettersNotice(waiting: $0, wording: agent.wording, zone: zone) },
            parked: list.parkedMail.map { ParkedMailNotice(parked: $0, wording: agent.wording, zone: zone) },
            claims: list.claims.map { ClaimsNotice(claims: $0, wording: agent.wording, zone: zone) })
        return page.response
    }
}
