import Catalogue
import Desk
import DeskStore
import DeskWeb
import Foundation
import HTML
import HTTP
import Postgres
import TimeZones

/// What a requester sees of a ticket and does with it.
extension Portal {
    func show(_ number: TicketNumber, to requester: Requester, done: String?) async throws -> Response {
        guard let found = try await website.store.requested(number, seeing: requester.sight(of: number)) else {
            throw NoSuchTicket(number: number.description)
        }
        return page(found.view, requester, Draft(), hasAdded: done == "message", found.trouble).response
    }

    /// Adds what the requester writes. On a ticket that waits for an answer this is the answer; on a resolved one it
    /// says that it is not solved.
    func hear(
        _ form: SentForm, _ request: Request, from requester: Requester, about number: TicketNumber
    ) async throws -> Response {
        let wording = requester.wording
        var draft = Draft(form)
        let text = draft.require("message", .errorMessageMissing, atMost: 20_000, named: .fieldMessage, wording)
        let uploads = draft.uploads(form, in: "files", wording)
        guard draft.faults.isEmpty else {
            let view = try await look(at: number, for: requester)
            return page(view, requester, draft, hasAdded: false).response
        }
        let note = Note(text, visibility: .public, channel: .web, uploads: uploads)
        let (store, sight) = (website.store, try requester.sight(of: number))
        let place = try await website.record(seeing: sight) { (transaction: borrowing Transaction) -> Link in
            let heard = try await store.hear(
                note, from: requester.person.id, about: number, cause: request.id, using: transaction)
            guard heard.isFollowUp else { return requester.link("/tickets/\(number.description)") }
            let identity = try await transaction.conversation(of: heard.record.ticket.id)
            let key = identity.map { website.links.text(for: $0) }
            return Link("/tickets/\(heard.record.ticket.number.description)").adding(query: ["key": key])
        }
        return .seeOther(place.adding(query: ["done": "message"]).text)
    }

    func fetch(
        _ attachment: String, of number: TicketNumber, for requester: Requester, _ request: Request
    ) async throws -> Response {
        let view = try await look(at: number, for: requester)
        let id = UUID(uuidString: attachment)
        guard let file = view.entries.flatMap(\.attachments).first(where: { $0.id == id }) else {
            throw EndpointFault.noSuchPath
        }
        return website.file(file, for: request, seeing: try requester.sight(of: number))
    }

    /// A mail as it looked, for the frame on the page of its ticket.
    func frame(_ entry: String, of number: TicketNumber, for requester: Requester) async throws -> Response {
        let id = UUID(uuidString: entry)
        let sight = try requester.sight(of: number)
        guard let entry = try await look(at: number, for: requester).entries.first(where: { $0.uuid == id }),
            let frame = try await website.mailFrame(entry, seeing: sight, wording: requester.wording)
        else { throw EndpointFault.noSuchPath }
        return frame.response
    }

    func list(_ request: Request, for requester: Requester) async throws -> Response {
        guard let sight = requester.sightOfAll else { throw TurnedAway.notSignedIn }
        var filter = TicketFilter()
        filter.requester = requester.person.id
        let tickets = try await website.store.tickets(filter, limit: 100, seeing: sight)
        let directory = try requester.visit.directory()
        return MyTicketsPage(
            requester: requester, tickets: tickets, zone: website.zone(of: requester.person.homeSite, in: directory)
        ).response
    }

    /// A ticket as its requester may see it: without what the desk says to itself.
    ///
    /// - Throws: `NoSuchTicket` where it is not his.
    func look(at number: TicketNumber, for requester: Requester) async throws -> TicketView {
        let sight = try requester.sight(of: number)
        guard let view = try await website.store.view(of: number, seeing: sight, including: false) else {
            throw NoSuchTicket(number: number.description)
        }
        return view
    }

    func zone(for requester: Requester, _ view: TicketView) -> Zone {
        website.zone(of: requester.person.homeSite ?? view.ticket.origin, in: view.directory)
    }

    private func page(
        _ view: TicketView, _ requester: Requester, _ draft: Draft, hasAdded: Bool,
        _ trouble: KnownTrouble = KnownTrouble()
    ) -> MyTicketPage {
        let teller = TicketTeller(view, wording: requester.wording, zone: zone(for: requester, view))
        return MyTicketPage(requester: requester, teller: teller, draft: draft, hasAdded: hasAdded, trouble: trouble)
    }
}
