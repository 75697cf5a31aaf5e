import Catalogue
import Desk
import DeskStore
import DeskWeb
import Foundation
import HTML

/// The known solutions of a ticket, and what was found when somebody looked for another.
struct TicketKnowledge: Sendable {
    /// The best three that tell of the same as the ticket.
    var suggestions: [ArticleVersion] = []
    /// Those that had a part in the ticket.
    var tied: [TicketArticle] = []
    /// What was found by the words in the form.
    var found: [ArticleVersion] = []

    /// What a resolution can name: what was looked for first, then what was sent to the requester, then what is known.
    var choices: [(uuid: UUID, title: String)] {
        var choices = found.map { (uuid: $0.uuid, title: $0.title) }
        choices += tied.filter { $0.part == .offered }.map { (uuid: $0.uuid, title: $0.title) }
        choices += suggestions.map { (uuid: $0.uuid, title: $0.title) }
        var known: Set<UUID> = []
        return choices.filter { known.insert($0.uuid).inserted }
    }
}

/// The panel on a ticket's page: what is known already, and one step to say it to the requester.
struct KnowledgePanel {
    let teller: TicketTeller
    let knowledge: TicketKnowledge?

    private var wording: Wording { teller.wording }

    var html: HTML? {
        guard let knowledge, !knowledge.suggestions.isEmpty || !knowledge.tied.isEmpty else { return nil }
        let isEnded = teller.ticket.state == .closed
        let suggestions = knowledge.suggestions.map { version -> HTML in
            let name = version.uuid.uuidString.lowercased()
            let use = Link("/desk/tickets/\(teller.number)").adding(query: ["article": name])
            let button: HTML? =
                isEnded
                ? nil
                : "<a class=\"button button-secondary button-small\" href=\"\(use)\">\(wording(.suggestionsUse))</a>"
            let articles = ArticleTeller(wording)
            return """
                <li><p>\(articles.title(version, "/desk/articles/\(name)"))</p>\(articles.beginning(version))\
                \(button)</li>
                """
        }
        let tied = knowledge.tied.map { article -> HTML in
            """
            <li><p><a href="\("/desk/articles/\(article.uuid.uuidString.lowercased())" as Link)" dir="auto">\
            \(article.title)</a> <span class="muted">(\(wording(.articlePart, article.part.rawValue)))</span></p></li>
            """
        }
        return """
            <section class="panel"><h2>\(wording(.suggestionsTitle))</h2>\
            <ul class="articles">\(tied)\(suggestions)</ul></section>
            """
    }
}
