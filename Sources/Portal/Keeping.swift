import Catalogue
import DeskStore
import DeskWeb
import Foundation
import HTML
import HTTP

/// Requests with files, which are kept until they are sent or given up.
extension Portal {
    var keptEndpoints: [Endpoint<Visit>] {
        [
            Endpoint(.get, "/drafts/:draft") { (_, visit, name: String) in try await show(kept: name, to: visit) },
            Endpoint(.post, "/drafts/:draft/give-up", body: .collected(limit: 4096)) {
                (_, visit, name: String) in
                if let identity = UUID(uuidString: name) {
                    try await website.store.giveUpRequest(identity, of: visit.visitor)
                }
                return .seeOther("/?done=given-up")
            },
        ]
    }

    /// A request that is kept, with what is to be read before it is sent.
    private func show(kept name: String, to visit: Visit) async throws -> Response {
        guard let found = try await kept(name, for: visit) else {
            var page = try await page(visit, Draft())
            page.notice = .draftGone
            return page.response(.notFound)
        }
        if let place = found.place { return .seeOther(place) }
        let kept = KeptRequest(found)
        let draft = Draft(Query(found.fields))
        var page = try await page(visit, draft)
        page.kept = kept
        // What is wrong with it is told when it is sent.
        var checked = draft
        guard let submission = read(&checked, kept.uploads, try visit.directory(), visit.wording) else {
            return page.response
        }
        page.sent = try await website.store.sent(Enquiry(submission, at: Enquiry.portal))
        if page.sent == nil {
            page.similar = try await similar(to: submission, visit)
        } else {
            page.draft.mark("again")
        }
        page.draft.mark("shown")
        return page.response
    }

    /// Keeps a request, and leads to its page, which can be read and reloaded without sending it again.
    ///
    /// - Parameters:
    ///   - kept: how it is kept already.
    ///   - new: the files that the form brought.
    func keep(
        _ draft: Draft, _ form: SentForm, _ kept: KeptRequest?, _ new: [Upload], _ visit: Visit
    ) async throws -> UUID {
        let identity = kept?.draft.identity ?? website.identity(of: form)
        try await website.store.keepRequest(
            identity, of: visit.visitor, fields: KeptRequest.fields(of: draft), keeping: kept?.wanted ?? [], adding: new
        )
        return identity
    }

    /// The request that a form or an address names; nil where this visitor has none of that name.
    func kept(_ name: String, for visit: Visit) async throws -> RequestDraft? {
        guard let identity = UUID(uuidString: name) else { return nil }
        return try await website.store.requestDraft(identity, of: visit.visitor)
    }
}
