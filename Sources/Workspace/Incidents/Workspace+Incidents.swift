import Catalogue
import Desk
import DeskStore
import DeskWeb
import Foundation
import HTML
import HTTP
import Postgres

/// Declaring a major incident, announcing it and ending it.
extension Workspace {
    var incidentEndpoints: [Endpoint<Agent>] {
        [
            Endpoint(.get, "/desk/tickets/:number/major") { request, agent, number in
                try await announcePage(number, for: agent, Draft()).response()
            },
            Endpoint(.post, "/desk/tickets/:number/major", body: .collected(limit: 65_536)) {
                request, agent, number in
                try await announce(request, number, for: agent)
            },
            Endpoint(.get, "/desk/tickets/:number/announcements/:id") { (_, agent, number: TicketNumber, id: String) in
                let announcement = try await announcement(id, of: number, for: agent)
                return try await announcePage(number, for: agent, Draft(of: announcement), announcement).response()
            },
            Endpoint(.post, "/desk/tickets/:number/announcements/:id", body: .collected(limit: 65_536)) {
                (request, agent, number: TicketNumber, id: String) in
                try await change(request, announcement(id, of: number, for: agent), number, for: agent)
            },
            Endpoint(.post, "/desk/tickets/:number/announcements/:id/end", body: .collected(limit: 4096)) {
                (request, agent, number: TicketNumber, id: String) in
                try await end(request, announcement(id, of: number, for: agent), number, for: agent)
            },
            Endpoint(.post, "/desk/tickets/:number/parts/wait", body: .collected(limit: 4096)) {
                request, agent, number in
                try await hold(partsOf: number, goingOn: false, request, for: agent)
            },
            Endpoint(.post, "/desk/tickets/:number/parts/go-on", body: .collected(limit: 4096)) {
                request, agent, number in
                try await hold(partsOf: number, goingOn: true, request, for: agent)
            },
            Endpoint(.post, "/desk/tickets/:number/major/end", body: .collected(limit: 4096)) {
                request, agent, number in
                try await website.store.record(
                    on: number, seeing: agent.sight, Recording(by: agent.actor, cause: request.id)
                ) { _ in .stoodDown }
                return Self.onward(to: number, saying: .stoodDown)
            },
        ]
    }

    private func hold(
        partsOf number: TicketNumber, goingOn: Bool, _ request: Request, for agent: Agent
    ) async throws -> Response {
        let recording = Recording(by: agent.actor, cause: request.id)
        _ = try await website.record(seeing: agent.sight) { (transaction: borrowing Transaction) in
            try await website.store.holdParts(of: number, goingOn: goingOn, recording, using: transaction)
        }
        return Self.onward(to: number, saying: goingOn ? .partsGoOn : .partsWait)
    }

    private func announcePage(
        _ number: TicketNumber, for agent: Agent, _ draft: Draft, _ announcement: AnnouncementView? = nil
    ) async throws -> AnnouncePage {
        let teller = try await teller(of: number, for: agent)
        return AnnouncePage(agent: agent, teller: teller, draft: draft, announcement: announcement)
    }

    /// What is announced of a ticket and can still be changed.
    private func announcement(_ id: String, of number: TicketNumber, for agent: Agent) async throws -> AnnouncementView
    {
        guard let identity = UUID(uuidString: id),
            let announcement = try await website.store.announcement(identity, seeing: agent.sight),
            announcement.ticket == number, announcement.until == nil
        else { throw EndpointFault.noSuchPath }
        return announcement
    }

    /// Tells of a major incident in other words, in each language that it is told in.
    private func change(
        _ request: Request, _ announcement: AnnouncementView, _ number: TicketNumber, for agent: Agent
    ) async throws -> Response {
        var draft = Draft(try request.form())
        let words = words(in: &draft, needing: Set(announcement.words.keys), agent.wording)
        if draft.faults.isEmpty {
            let recording = Recording(by: agent.actor, cause: request.id)
            do {
                _ = try await website.record(seeing: agent.sight) { (transaction: borrowing Transaction) in
                    try await website.store.change(
                        announcement.identity, to: words, from: Int64(draft["revision"]) ?? 0, recording,
                        using: transaction)
                }
                return Self.onward(to: number, saying: .reworded)
            } catch let refusal as Refusal {
                draft.refuse("title_\(agent.wording.language.tag)", agent.wording(.refusal, refusal.reason.rawValue))
            } catch is UnfitAnnouncement {
                // Somebody else was faster: his words are shown, and nothing is lost of these but their sending.
                draft.refuse("title_\(agent.wording.language.tag)", agent.wording(.majorChanged))
            }
        }
        return try await announcePage(number, for: agent, draft, announcement).response(.unprocessableContent)
    }

    private func end(
        _ request: Request, _ announcement: AnnouncementView, _ number: TicketNumber, for agent: Agent
    ) async throws -> Response {
        let recording = Recording(by: agent.actor, cause: request.id)
        _ = try await website.record(seeing: agent.sight) { (transaction: borrowing Transaction) in
            try await website.store.end(
                announcement.identity, from: announcement.revision, recording, using: transaction)
        }
        return Self.onward(to: number, saying: .unannounced)
    }

    /// The words of an announcement by language, with what is wrong noted in the draft.
    ///
    /// - Parameter needed: the languages in which something has to be said.
    private func words(
        in draft: inout Draft, needing needed: Set<String> = [], _ wording: Wording
    ) -> [String: Announcement.Words] {
        var words: [String: Announcement.Words] = [:]
        for language in Language.allCases {
            let (title, text) = ("title_\(language.tag)", "text_\(language.tag)")
            if draft[title].isEmpty, draft[text].isEmpty, !needed.contains(language.tag) { continue }
            let head = draft.require(title, .errorSubjectMissing, atMost: 200, named: .fieldSubject, wording)
            let body = draft.require(text, .errorMessageMissing, atMost: 4000, named: .fieldMessage, wording)
            words[language.tag] = Announcement.Words(title: head, text: body)
        }
        if words.isEmpty { draft.refuse("title_\(wording.language.tag)", wording(.errorSubjectMissing)) }
        return words
    }

    private func announce(_ request: Request, _ number: TicketNumber, for agent: Agent) async throws -> Response {
        var draft = Draft(try request.form())
        let (wording, directory) = (agent.wording, try agent.visit.directory())
        let words = words(in: &draft, wording)
        let site = directory.sites[draft["site"]]
        if !draft["site"].isEmpty, site == nil {
            draft.refuse("site", wording(.errorChoiceMissing, ["field": wording(.fieldSite)]))
        }
        if draft.faults.isEmpty {
            let recording = Recording(by: agent.actor, cause: request.id)
            do {
                try await website.store.transaction(seeing: agent.sight) {
                    (transaction: borrowing Transaction) in
                    try await website.store.announce(number, at: site, words, recording, using: transaction)
                }
                return Self.onward(to: number, saying: .announced)
            } catch let refusal as Refusal {
                draft.refuse("site", wording(.refusal, refusal.reason.rawValue))
            }
        }
        return try await announcePage(number, for: agent, draft).response(.unprocessableContent)
    }
}

extension Draft {
    /// The form with the words that hold.
    fileprivate init(of announcement: AnnouncementView) {
        var query = Query()
        query.append("revision", String(announcement.revision))
        for (language, words) in announcement.words {
            query.append("title_\(language)", words.title)
            query.append("text_\(language)", words.text)
        }
        self.init(query)
    }
}
