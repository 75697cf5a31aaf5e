import Catalogue
import Desk
import DeskStore
import DeskWeb
import HTTP
import Moments
import Postgres
import Runtime
import Secrets

/// Asking for help: the form, and the ticket that comes of it.
extension Portal {
    /// Requests in an hour: from one address of the network, behind which a whole site may sit, and for one person.
    private static let requestsPerClient = 200
    private static let requestsPerPerson = 30

    func askingPage(_ visit: Visit) async throws -> Response {
        let directory = try visit.directory()
        var draft = Draft()
        if let person = visit.person {
            let site = person.homeSite.map { directory.code(of: $0) } ?? ""
            draft = Draft(["email": person.address, "name": person.name, "site": site])
        }
        let news = try await news(for: visit, directory)
        return AskingPage(visit: visit, draft: draft, directory: directory, news: news).response
    }

    /// What is announced to the people of the visitor's site.
    private func news(for visit: Visit, _ directory: Directory) async throws -> KnownDisturbances {
        let announcements = try await website.store.announcements(at: visit.person?.homeSite)
        return KnownDisturbances(announcements, in: directory, on: website, wording: visit.wording)
    }

    func take(_ form: SentForm, _ request: Request, from visit: Visit) async throws -> Response {
        let directory = try visit.directory()
        var draft = Draft(form)
        guard let submission = read(&draft, form, directory, visit.wording) else {
            let news = try await news(for: visit, directory)
            return AskingPage(visit: visit, draft: draft, directory: directory, news: news).response
        }
        try await limit(submission, from: request.client)
        let enquiry = Enquiry(submission, at: Enquiry.portal)
        let known = try await similar(to: submission, draft, visit)
        do {
            if known.isEmpty { return try await accept(submission, enquiry, draft, form, request, visit) }
            if draft["again"].isEmpty, let sent = try await website.store.sent(enquiry) {
                throw SentBefore(ticket: sent)
            }
        } catch let before as SentBefore {
            draft.mark("again")
            let news = try await news(for: visit, directory)
            return AskingPage(visit: visit, draft: draft, directory: directory, news: news, sent: before.ticket)
                .response
        }
        draft.mark("shown")
        let news = try await news(for: visit, directory)
        return AskingPage(visit: visit, draft: draft, directory: directory, news: news, similar: known).response
    }

    /// The same words were sent before, and it has not been said that they are meant as another request.
    private struct SentBefore: Error {
        let ticket: SentEnquiry
    }

    /// - Throws: `SentBefore`, and what the store throws.
    private func accept(
        _ submission: Submission, _ enquiry: Enquiry, _ draft: Draft, _ form: SentForm, _ request: Request,
        _ visit: Visit
    ) async throws -> Response {
        let actor = visit.person.map { Ticket.Actor.person($0.id) }
        let (store, links, now) = (website.store, website.links, website.store.timekeeper.now)
        return try await website.once(form, by: "portal") { (transaction: borrowing Transaction) in
            if draft["again"].isEmpty, let sent = try await transaction.sent(enquiry, now: now) {
                throw SentBefore(ticket: sent)
            }
            let record = try await store.accept(submission, by: actor, cause: request.id, using: transaction)
            transaction.keep(enquiry, as: record.ticket.id, now: now)
            let identity = try await transaction.conversation(of: record.ticket.id)
            let pass = identity.map { "?key=\(links.text(for: $0))" } ?? ""
            return "/tickets/\(record.ticket.number)/receipt\(pass)"
        }
    }

    /// What was asked for, or nil with everything that is wrong noted in the draft.
    private func read(_ draft: inout Draft, _ form: SentForm, _ directory: Directory, _ wording: Wording) -> Submission?
    {
        let address = draft.requireAddress("email", wording)
        draft.limitLength(of: "name", to: 200, named: .fieldName, wording)
        let subject = draft.require("subject", .errorSubjectMissing, atMost: 200, named: .fieldSubject, wording)
        let text = draft.require("text", .errorTextMissing, atMost: 20_000, named: .fieldText, wording)
        let site = directory.sites[draft["site"]]
        if !draft["site"].isEmpty, site == nil {
            draft.refuse("site", wording(.errorChoiceMissing, ["field": wording(.fieldSite)]))
        }
        let uploads = draft.uploads(form, in: "files", wording)
        guard draft.faults.isEmpty else { return nil }
        let contact = Contact(address: address, name: draft["name"], language: wording.language.tag)
        return Submission(from: contact, subject: subject, text: text, channel: .web, site: site, uploads: uploads)
    }

    private func limit(_ submission: Submission, from client: String) async throws {
        let store = website.store
        let person = Digest(sha256: submission.requester.address.lowercased()).hex.prefix(32)
        let isAllowed = try await store.allows("portal:client:\(client)", atMost: Self.requestsPerClient)
        let mayAsk = try await store.allows("portal:person:\(person)", atMost: Self.requestsPerPerson)
        guard isAllowed, mayAsk else {
            throw tooManyTries
        }
    }

    /// What is limited by the hour is there again when the next one begins.
    var tooManyTries: TurnedAway {
        .tooManyTries(wait: .seconds(3600 - website.store.timekeeper.now.seconds % 3600))
    }
}
