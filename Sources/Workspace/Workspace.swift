public import DeskWeb
public import HTTP

/// The pages of those who work on tickets: what there is to do, and a ticket with everything that can be done to it.
public struct Workspace: Sendable {
    let website: Website

    public init(_ website: Website) { self.website = website }

    public func mount(on router: inout Router) {
        router.mount(
            website.agents([
                Endpoint(.get, "/desk") { request, agent in try await queue(request, for: agent) },
                Endpoint(.post, "/desk/availability", body: .collected(limit: 4096)) { request, agent in
                    try await setAvailability(request, for: agent)
                },
                Endpoint(.get, "/desk/tickets/:number") { request, agent, number in
                    try await show(
                        number, to: agent, notice: DoneNotice(request.query), ties: TieNotice(request.query),
                        using: request.query["article"])
                },
                Endpoint(.get, "/desk/tickets/:number/attachments/:attachment") { _, agent, number, attachment in
                    try await fetch(attachment, of: number, for: agent)
                },
                Endpoint(.post, "/desk/tickets/:number/:action", body: .collected(limit: 262_144)) {
                    request, agent, number, action in
                    try await act(request, agent, number, action)
                },
            ]))
        router.mount(website.agents(articleEndpoints + registeringEndpoints))
        router.mount(website.agents(relatedEndpoints + incidentEndpoints + noticeEndpoints))
    }
}
