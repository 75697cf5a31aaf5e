import Desk
import DeskStore
import DeskWeb
import HTTP

/// What a person of the desk was told, and how he wants to be told.
extension Workspace {
    /// How many notices a page shows.
    private static let pageLength = 50

    var noticeEndpoints: [Endpoint<Overseer>] {
        [
            Endpoint(.get, "/desk/notices") { request, overseer in
                try await notices(request, for: Agent(as: overseer))
            },
            Endpoint(.post, "/desk/notices/read", body: .collected(limit: 4096)) { request, overseer in
                let last = try request.form()["through"].flatMap { Int64($0) }
                if let last { try await website.store.markRead(through: last, for: overseer.rights) }
                return .seeOther("/desk/notices")
            },
            Endpoint(.get, "/desk/notices/settings") { request, overseer in
                let ways = try await website.store.noticeWays(of: overseer.person.id)
                return NoticeSettingsPage(
                    agent: Agent(as: overseer), ways: ways, isSaved: request.query["saved"] != nil
                ).response
            },
            Endpoint(.post, "/desk/notices/settings", body: .collected(limit: 16_384)) { request, overseer in
                let form = try request.form()
                var ways: [Letter: NoticeWay] = [:]
                for letter in Letter.allCases {
                    ways[letter] = form[letter.rawValue].flatMap { NoticeWay(rawValue: $0) }
                }
                try await website.store.choose(ways, for: overseer.person.id)
                return .seeOther("/desk/notices/settings?saved=1")
            },
        ]
    }

    private func notices(_ request: Request, for agent: Agent) async throws -> Response {
        let before = request.query["before"].flatMap { Int64($0) }
        // One more than shown tells whether there is another page.
        let found = try await website.store.notices(of: agent.rights, before: before, limit: Self.pageLength + 1)
        let zone = website.zone(of: agent.person.homeSite, in: try agent.visit.directory())
        return NoticesPage(
            agent: agent, notices: Array(found.prefix(Self.pageLength)), hasMore: found.count > Self.pageLength,
            isFirst: before == nil, zone: zone
        ).response
    }
}
