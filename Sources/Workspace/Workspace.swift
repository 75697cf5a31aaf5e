public import Desk
public import DeskStore
public import DeskSuppliers
public import DeskWeb
public import HTTP

/// The pages of those who work on tickets: what there is to do, and a ticket with everything that can be done to it.
public struct Workspace: Sendable {
    /// Sorts a mail that was kept anew, as the mail door does.
    public typealias SortingAnew = @Sendable (InboundMail, Sight) async throws -> Void

    /// What would leave to a supplier with a message about a ticket and a note.
    public typealias Preview =
        @Sendable (SupplierMessage.Kind, TicketID, SupplierID, String?, Sight) async throws -> Leaving?

    let website: Website
    let preview: Preview?
    let sortAnew: SortingAnew?
    let watch: TicketWatch?

    /// - Parameters:
    ///   - watch: nil where the page of a ticket does not say that something has happened since.
    ///   - preview: nil where nobody is shown what leaves to a supplier before it does.
    ///   - sortAnew: nil where the pages of mail are to read only.
    public init(
        _ website: Website, watch: TicketWatch? = nil, preview: Preview? = nil, sortAnew: SortingAnew? = nil
    ) {
        (self.website, self.watch, self.preview, self.sortAnew) = (website, watch, preview, sortAnew)
    }

    public func mount(on router: inout Router) {
        router.mount(
            website.agents([
                Endpoint(.get, "/desk") { request, agent in try await queue(request, for: agent) },
                Endpoint(.get, "/desk/changes") { request, agent in try await queueMark(request, for: agent) },
                Endpoint(.post, "/desk/availability", body: .collected(limit: 4096)) { request, agent in
                    try await setAvailability(request, for: agent)
                },
            ]))
        router.mount(website.agents(articleEndpoints + registeringEndpoints))
        router.mount(website.agents(relatedEndpoints + claimEndpoints + incidentEndpoints + macroEndpoints))
        router.mount(website.agents(peopleEndpoints + absenceEndpoints + mailActionEndpoints))
        router.mount(website.overseers(ticketEndpoints + noticeEndpoints + mailEndpoints))
    }

    /// A ticket and what can be done to it: also for those to whom it was carried up.
    private var ticketEndpoints: [Endpoint<Overseer>] {
        [
            Endpoint(.get, "/desk/tickets/:number") { request, overseer, number in
                try await show(
                    number, to: Agent(as: overseer), notice: DoneNotice(request.query), ties: TieNotice(request.query),
                    using: request.query["article"], macro: request.query["macro"])
            },
            Endpoint(.get, "/desk/tickets/:number/changes") { request, overseer, number in
                guard let watch else { throw EndpointFault.noSuchPath }
                return try await website.changes(of: number, for: overseer, request, by: watch)
            },
            Endpoint(.get, "/desk/tickets/:number/attachments/:attachment") { request, overseer, number, attachment in
                try await fetch(attachment, of: number, for: Agent(as: overseer), request)
            },
            Endpoint(.get, "/desk/tickets/:number/entries/:entry/html") {
                (_, overseer, number: TicketNumber, entry: String) in
                try await frame(entry, of: number, for: Agent(as: overseer))
            },
            Endpoint(.get, "/desk/tickets/:number/entries/:entry/original") {
                (request, overseer, number: TicketNumber, entry: String) in
                try await original(entry, of: number, for: Agent(as: overseer), request)
            },
            Endpoint(.get, "/desk/tickets/:number/exchanges/:exchange") {
                (_, overseer, number: TicketNumber, exchange: String) in
                try await record(of: exchange, on: number, for: Agent(as: overseer))
            },
            Endpoint(.post, "/desk/tickets/:number/:action", body: .streamed(limit: Website.largestForm)) {
                (request, overseer, number: TicketNumber, action: TicketAction) in
                let agent = Agent(as: overseer)
                return try await website.reading(request, from: agent.visit) { form in
                    try await act(form, request, agent, number, action)
                }
            },
        ]
    }
}
