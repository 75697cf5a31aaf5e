import Desk
import DeskStore
import Foundation
import JSON

/// How a program says that a ticket is resolved.
struct ResolutionRequest {
    let outcome: Ticket.Outcome
    let note: String
    /// The published article by which it was solved.
    let article: UUID?
    /// Why there is none. That neither is said is kept as that.
    let reason: Ticket.Knowledge.Reason?

    /// - Parameter modules: what the organisation has switched on; without knowledge nothing is said of articles.
    static func form(_ modules: [Module]) -> JSONForm<ResolutionRequest> {
        .object { reader in
            let outcome: Ticket.Outcome? = reader.required("outcome", .word())
            let note = reader.required("note", .text(length: 1...TicketRequest.longestText))
            guard modules.contains(.knowledge) else {
                guard let outcome, let note else { return nil }
                return ResolutionRequest(outcome: outcome, note: note, article: nil, reason: nil)
            }
            let article = reader.optional(
                "article",
                JSONForm<String>.line().checked("must be the id of an article", format: "uuid") { UUID(uuidString: $0) }
            )
            let reason: Ticket.Knowledge.Reason? = reader.optional("no_article_because", .word())
            if article != nil, reason != nil {
                reader.fault("no_article_because", "does not go with an article; give one of the two")
            }
            guard let outcome, let note else { return nil }
            return ResolutionRequest(outcome: outcome, note: note, article: article, reason: reason)
        }
    }

    func event(on occasion: Occasion) -> Ticket.Event {
        let knowledge: Ticket.Knowledge? = occasion.article.map { .article($0) } ?? reason.map { .nothing($0) }
        return .resolved(outcome, note: occasion.entry, knowledge: knowledge)
    }
}
