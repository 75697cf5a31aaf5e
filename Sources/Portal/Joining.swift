import Catalogue
import Desk
import DeskStore
import DeskWeb
import Foundation
import HTML
import HTTP
import Moments
import Postgres
import Runtime
import Secrets

/// Joining a known disturbance instead of opening a ticket.
extension Portal {
    /// How many may join in an hour from one address of the network, behind which a whole site may sit.
    private static let joinsPerClient = 1000

    /// The way to join, with the address where the visitor is not known.
    static func joining(_ announcement: Announcement, _ visit: Visit, draft: Draft = Draft()) -> HTML {
        let id = announcement.identity.uuidString.lowercased()
        let place: Link = "/disturbances/\(id)"
        let fields = FormFields(draft, visit.wording, form: "join-\(id)")
        let address: HTML? =
            visit.person == nil
            ? fields.line("email", visit.wording(.fieldEmail), type: "email", autocomplete: "email") : nil
        return """
            <form class="form" method="post" action="\(place)" novalidate>\(visit.formToken)\(address)
            <div class="buttons"><button class="button button-secondary" type="submit">\
            \(visit.wording(.disturbanceJoin))</button></div></form>
            """
    }

    func join(_ request: Request, _ id: String, by visit: Visit) async throws -> Response {
        var draft = Draft(try request.form())
        let wording = visit.wording
        guard let identity = UUID(uuidString: id),
            let announcement = try await website.store.announcements().first(where: { $0.identity == identity })
        else { return over(visit) }
        let address = visit.person?.address ?? draft.requireAddress("email", wording)
        guard draft.faults.isEmpty else {
            let fields = FormFields(draft, wording, form: "join-\(id)")
            let title = wording(.disturbanceJoin)
            return Page(wording(.errorTitle, ["title": title]), visit: visit, area: .portal, width: .narrow) {
                """
                <div class="stack">\(fields.summary)<h1>\(title)</h1>
                \(Self.joining(announcement, visit, draft: draft))</div>
                """
            }.response(.unprocessableContent)
        }
        guard try await website.store.allows("portal:join:\(request.client)", atMost: Self.joinsPerClient) else {
            throw TurnedAway.tooManyTries(wait: .seconds(3600 - website.store.timekeeper.now.seconds % 3600))
        }
        let contact = Contact(address: address, name: visit.person?.name ?? "", language: wording.language.tag)
        let holds = try await website.store.join(identity, contact, cause: request.id)
        return holds ? .seeOther("/disturbances/\(id)/joined") : over(visit)
    }

    /// Whoever has asked already says that his ticket is about a known disturbance: it becomes a part of it.
    func join(
        _ request: Request, _ id: String, with number: TicketNumber, by requester: Requester
    ) async throws -> Response {
        guard let identity = UUID(uuidString: id) else { return over(requester.visit) }
        let (store, sight) = (website.store, try requester.sight(of: number))
        let holds = try await website.record(seeing: sight) { (transaction: borrowing Transaction) in
            try await store.join(number, to: identity, by: requester.person.id, cause: request.id, using: transaction)
        }
        return holds ? .seeOther(requester.link("/tickets/\(number.description)").text) : over(requester.visit)
    }

    func joined(_ visit: Visit) -> Response {
        say(visit, .disturbanceJoinedTitle, .disturbanceJoinedText)
    }

    private func over(_ visit: Visit) -> Response { say(visit, .disturbanceOverTitle, .disturbanceOverText) }

    private func say(_ visit: Visit, _ title: Catalogue.Phrase, _ text: Catalogue.Phrase) -> Response {
        let wording = visit.wording
        return Page(wording(title), visit: visit, area: .portal, width: .narrow) {
            """
            <div class="stack"><div class="confirmation"><h1>\(wording(title))</h1><p>\(wording(text))</p></div>
            <div class="buttons"><a class="button button-secondary" href="/">\(wording(.portalAnother))</a></div></div>
            """
        }.response()
    }
}
