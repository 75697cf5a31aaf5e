import Desk
import DeskStore
public import HTTP
import Postgres

/// The doors through which requests reach pages. Each checks where a form comes from, turns the request into its kind
/// of visitor, and sees to the header fields of every answer.
extension Website {
    /// A door for everybody.
    public func everyone(_ endpoints: [Endpoint<Visit>]) -> Door<Visit> {
        door(endpoints, visit: { $0 }) { website, request in try await website.visit(request) }
    }

    /// A door for those who work on tickets.
    public func agents(_ endpoints: [Endpoint<Agent>]) -> Door<Agent> {
        staff(endpoints)
    }

    /// A door for those who are told of tickets.
    public func overseers(_ endpoints: [Endpoint<Overseer>]) -> Door<Overseer> {
        staff(endpoints)
    }

    /// A door for those who read figures.
    public func managers(_ endpoints: [Endpoint<Manager>]) -> Door<Manager> {
        staff(endpoints)
    }

    private func staff<Work>(_ endpoints: [Endpoint<Staff<Work>>]) -> Door<Staff<Work>> {
        door(endpoints, visit: \.visit) { website, request in try Staff(await website.visit(request)) }
    }

    /// A door for those who asked for help.
    public func requesters(_ endpoints: [Endpoint<Requester>]) -> Door<Requester> {
        door(endpoints, visit: \.visit) { website, request in
            if let key = request.query["key"] { return try await website.holder(of: key, request) }
            let visit = try await website.visit(request)
            guard let person = visit.person else { throw TurnedAway.notSignedIn }
            return Requester(visit, person: person)
        }
    }

    private func holder(of key: String, _ request: Request) async throws -> Requester {
        let unknown = NoSuchTicket(number: "of this link")
        guard let identity = links.ticket(in: key) else { throw unknown }
        guard let found = try await store.holder(of: identity) else { throw unknown }
        return Requester(
            visit(request, by: nil, in: found.directory), person: found.person, pass: (found.ticket, key))
    }

    func door<Visitor: Sendable>(
        _ endpoints: [Endpoint<Visitor>], visit: @escaping @Sendable (Visitor) -> Visit,
        admit: @escaping @Sendable (Website, Request) async throws -> Visitor
    ) -> Door<Visitor> {
        Door(
            { [self] request in
                try forgery.checkOrigin(of: request)
                return try await admit(self, request)
            },
            confirm: { [self] request, visitor in
                try forgery.checkToken(of: request, for: visit(visitor).formKey)
            },
            complete: { [self] response, visitor in
                var response = protected(response)
                for cookie in visit(visitor).cookies { response.set(cookie) }
                return response
            },
            endpoints: endpoints)
    }
}
