import Catalogue
import Desk
import DeskStore
import DeskWeb
import HTML
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

    func askingPage(_ request: Request, _ visit: Visit) async throws -> Response {
        var draft = Draft()
        if let person = visit.person {
            let site = try person.homeSite.map { try visit.directory().code(of: $0) } ?? ""
            draft = Draft(["email": person.address, "name": person.name, "site": site])
        }
        let greeting = try await website.store.greeting(
            of: visit.isNew ? nil : visit.visitor, at: visit.person?.homeSite)
        var page = try page(visit, draft, greeting.announcements)
        page.waiting = greeting.drafts.map { WaitingRequest($0.identity, fields: $0.fields, visit.wording) }
        if request.query["done"] == "given-up" { page.notice = .draftGivenUp }
        return page.response
    }

    func page(_ visit: Visit, _ draft: Draft) async throws -> AskingPage {
        try page(visit, draft, try await website.store.announcements(at: visit.person?.homeSite))
    }

    private func page(_ visit: Visit, _ draft: Draft, _ announcements: [Announcement]) throws -> AskingPage {
        let directory = try visit.directory()
        let news = KnownDisturbances(announcements, in: directory, on: website, wording: visit.wording)
        return AskingPage(visit: visit, draft: draft, directory: directory, news: news)
    }

    func take(_ form: SentForm, _ request: Request, from visit: Visit) async throws -> Response {
        var draft = Draft(form)
        let found = try await kept(draft["draft"], for: visit)
        if let place = found?.place, found?.fields == KeptRequest.fields(of: draft) { return .seeOther(place) }
        // What was sent already and says something else by now is another request.
        let kept = found.flatMap { $0.place == nil ? KeptRequest($0, sentOn: form) : nil }
        let before = kept?.uploads ?? []
        let new = draft.uploads(form, in: "files", beside: before.count, visit.wording)
        if before.count < form.values.all(KeptRequest.wantedField).count {
            draft.refuse("files", visit.wording(.draftFilesGone))
        }
        guard let submission = read(&draft, before + new, try visit.directory(), visit.wording) else {
            return try await refused(draft, form, kept, new, request, visit)
        }
        try await limit(submission, from: request.client)
        let enquiry = Enquiry(submission, at: Enquiry.portal)
        let known = draft["shown"].isEmpty ? try await similar(to: submission, visit) : []
        var sent: SentEnquiry?
        do {
            if known.isEmpty { return try await accept(submission, enquiry, draft, form, kept, request, visit) }
            if draft["again"].isEmpty { sent = try await website.store.sent(enquiry) }
        } catch let before as SentBefore {
            sent = before.ticket
        } catch is DraftGone {
            draft.refuse("files", visit.wording(.draftFilesGone))
            return try await refused(draft, form, nil, new, request, visit)
        }
        if kept != nil || !new.isEmpty {
            let identity = try await keep(draft, form, kept, new, visit)
            return .seeOther(KeptRequest.place(of: identity).text)
        }
        draft.mark(sent == nil ? "shown" : "again")
        var page = try await page(visit, draft)
        page.sent = sent
        if sent == nil { page.similar = known }
        return page.response
    }

    /// The form with what is wrong with it; its files are kept, so that nobody need choose them twice.
    private func refused(
        _ draft: Draft, _ form: SentForm, _ kept: KeptRequest?, _ new: [Upload], _ request: Request, _ visit: Visit
    ) async throws -> Response {
        var page = try await page(visit, draft)
        if kept != nil || !new.isEmpty {
            try await limit(from: request.client)
            let identity = try await keep(draft, form, kept, Array(new.prefix(Draft.mostFiles)), visit)
            page.kept = try await website.store.requestDraft(identity, of: visit.visitor).map { KeptRequest($0) }
        }
        return page.response
    }

    /// The same words were sent before, and it has not been said that they are meant as another request.
    private struct SentBefore: Error {
        let ticket: SentEnquiry
    }

    /// - Throws: `SentBefore`, `DraftGone`, and what the store throws.
    private func accept(
        _ submission: Submission, _ enquiry: Enquiry, _ draft: Draft, _ form: SentForm, _ kept: KeptRequest?,
        _ request: Request, _ visit: Visit
    ) async throws -> Response {
        let actor = visit.person.map { Ticket.Actor.person($0.id) }
        let (store, links, now) = (website.store, website.links, website.store.timekeeper.now)
        let sight = Sight(visitor: visit.visitor)
        return try await website.once(form, by: "portal", seeing: sight) { (transaction: borrowing Transaction) in
            func make() async throws -> String {
                if draft["again"].isEmpty, let sent = try await transaction.sent(enquiry, now: now) {
                    throw SentBefore(ticket: sent)
                }
                let record = try await store.accept(submission, by: actor, cause: request.id, using: transaction)
                transaction.keep(enquiry, as: record.ticket.id, now: now)
                let identity = try await transaction.conversation(of: record.ticket.id)
                let pass = identity.map { "?key=\(links.text(for: $0))" } ?? ""
                return "/tickets/\(record.ticket.number)/receipt\(pass)"
            }
            guard let kept else { return try await make() }
            return try await transaction.send(
                draft: kept.draft.identity, with: kept.wanted, saying: KeptRequest.fields(of: draft), make)
        }
    }

    /// What was asked for, or nil with everything that is wrong noted in the draft.
    func read(
        _ draft: inout Draft, _ uploads: [Upload], _ directory: Directory, _ wording: Wording
    ) -> Submission? {
        let address = draft.requireAddress("email", wording)
        draft.limitLength(of: "name", to: 200, named: .fieldName, wording)
        let subject = draft.require("subject", .errorSubjectMissing, atMost: 200, named: .fieldSubject, wording)
        let text = draft.require("text", .errorTextMissing, atMost: 20_000, named: .fieldText, wording)
        let site = directory.sites[draft["site"]]
        if !draft["site"].isEmpty, site == nil {
            draft.refuse("site", wording(.errorChoiceMissing, ["field": wording(.fieldSite)]))
        }
        guard draft.faults.isEmpty else { return nil }
        let contact = Contact(address: address, name: draft["name"], language: wording.language.tag)
        return Submission(from: contact, subject: subject, text: text, channel: .web, site: site, uploads: uploads)
    }

    private func limit(_ submission: Submission, from client: String) async throws {
        try await limit(from: client)
        let person = Digest(sha256: submission.requester.address.lowercased()).hex.prefix(32)
        let mayAsk = try await website.store.allows("portal:person:\(person)", atMost: Self.requestsPerPerson)
        guard mayAsk else { throw tooManyTries }
    }

    private func limit(from client: String) async throws {
        let isAllowed = try await website.store.allows("portal:client:\(client)", atMost: Self.requestsPerClient)
        guard isAllowed else { throw tooManyTries }
    }

    var tooManyTries: TurnedAway { .tooManyTries(at: website.store.timekeeper.now) }
}
