import Desk
import DeskStore
import DeskWeb
import HTTP
import Moments
import Runtime
import TimeZones

extension Workspace {
    static let pageSize = 50

    /// What there is to do for the agent's sites and teams, the most urgent first.
    func queue(_ request: Request, for agent: Agent) async throws -> Response {
        let directory = try await website.store.directory()
        let filter = QueueFilter(request.query)
        // One more than is shown tells whether there is another page, without counting.
        let found = try await website.store.workload(
            filter.filter(for: agent, directory), after: filter.after, limit: Self.pageSize + 1, seeing: agent.sight)
        let zone = website.zone(of: agent.person.homeSite, in: directory)
        let availability = AvailabilityPanel(
            agent: agent, availability: try await website.store.availability(of: agent.person.id),
            zone: zone, isNew: request.query["available"] != nil)
        let page = QueuePage(
            agent: agent, availability: availability, directory: directory, filter: filter,
            tickets: Array(found.prefix(Self.pageSize)), hasMore: found.count > Self.pageSize,
            notice: DoneNotice(request.query), now: website.store.timekeeper.now,
            news: KnownDisturbances(
                try await website.store.announcements(), in: directory, on: website, wording: agent.wording),
            letters: try await lettersNotice(for: agent, in: zone))
        return page.response
    }

    private func lettersNotice(for agent: Agent, in zone: Zone) async throws -> LettersNotice? {
        guard LettersNotice.concerns(agent), let waiting = try await website.store.waitingLetters() else { return nil }
        return LettersNotice(waiting: waiting, wording: agent.wording, zone: zone)
    }
}
