import Catalogue
import Desk
import DeskStore
import DeskWeb
import Foundation
import HTML
import HTTP
import Moments
import TimeZones

/// An article as the desk sees it: its words in one language, how they came to be, and what they were good for.
struct ArticlePage {
    /// What was just done.
    enum Notice: String {
        case saved
        case published
        case retired

        var phrase: Catalogue.Phrase {
            switch self {
            case .saved: .doneArticleSaved
            case .published: .doneArticlePublished
            case .retired: .doneArticleRetired
            }
        }
    }

    let agent: Agent
    let article: ArticleView
    let language: String
    let tickets: [ArticleTicket]
    let directory: Directory
    let zone: Zone
    let notice: Notice?

    private var wording: Wording { agent.wording }
    private var teller: ArticleTeller { ArticleTeller(wording) }
    private var place: Link { "/desk/articles/\(article.uuid.uuidString.lowercased())" }

    var response: Response {
        guard let version = article.working(in: language) else {
            return Page(wording(.articlesTitle), visit: agent.visit, area: .articles) { "" }.response()
        }
        let done: HTML? = notice.map {
            "<p class=\"notice notice-good\" role=\"status\">\(wording($0.phrase))</p>"
        }
        return Page(version.title, visit: agent.visit, area: .articles, width: .wide) {
            """
            <div class="stack">\(done)
            <div class="ticket-head"><p class="overline"><a href="/desk/articles">\(wording(.articlesTitle))</a></p>
            <h1 lang="\(version.language)" dir="auto">\(version.title)</h1><p class="row">\(teller.badge(version.state))</p></div>
            <div class="ticket"><div class="ticket-main stack">
            \(waiting(version))<article>\(teller.text(version))</article>
            \(versions)\(ticketList)</div>
            <aside class="ticket-side">\(actions(version))\(facts(version))</aside></div></div>
            """
        }.response()
    }

    /// A draft is shown in place of what readers see; that there are the two is said.
    private func waiting(_ version: ArticleVersion) -> HTML? {
        guard version.state == .draft, article.published(for: language)?.language == language else { return nil }
        return "<p class=\"notice\">\(wording(.articleDraftShow)) \(wording(.articleDraftWaits))</p>"
    }

    private func actions(_ version: ArticleVersion) -> HTML {
        let edit = Link("\(place)/edit").adding(query: ["in": language])
        let missing = Language.allCases.map(\.tag).filter { !article.languages.contains($0) }
        let others = missing.map { tag -> HTML in
            let link = Link("\(place)/edit").adding(query: ["in": tag])
            return "<li><a href=\"\(link)\" hreflang=\"\(tag)\" lang=\"\(tag)\">\(ArticleTeller.name(of: tag))</a></li>"
        }
        let translate: HTML? =
            others.isEmpty
            ? nil
            : """
            <details class="action"><summary>\(wording(.articleTranslate))</summary><ul class="links">\(others)</ul>\
            </details>
            """
        let isDraft = version.state == .draft
        let publish: HTML? =
            isDraft && agent.mayPublish ? button("publication", .articlePublish, "button", version.state) : nil
        let hint: HTML? =
            isDraft && !agent.mayPublish ? "<p class=\"hint\">\(wording(.articlePublishHint))</p>" : nil
        let retire: HTML? =
            isDraft
            ? button("retirement", .articleDiscard, "button button-secondary", .draft)
            : version.state == .published && agent.mayPublish
                ? button("retirement", .articleRetire, "button button-secondary", .published) : nil
        return """
            <section class="panel" aria-labelledby="actions"><h2 id="actions">\(wording(.actionsTitle))</h2>
            <div class="buttons">\(publish)<a class="button\(isDraft && agent.mayPublish ? " button-secondary" : "")" \
            href="\(edit)">\(wording(.articleEdit))</a>\(retire)</div>\(hint)\(translate)</section>
            """
    }

    private func button(
        _ part: String, _ name: Catalogue.Phrase, _ look: String, _ state: Article.State
    ) -> HTML {
        """
        <form method="post" action="\("\(place)/\(part)" as Link)">\(agent.visit.formToken)\
        <input type="hidden" name="language" value="\(language)">\
        <input type="hidden" name="state" value="\(state.rawValue)">\
        <button class="\(look)" type="submit">\(wording(name))</button></form>
        """
    }

    private func facts(_ version: ArticleVersion) -> HTML {
        let readers =
            version.readers.team.map { directory.team($0)?.name ?? directory.teams.code(of: $0) }
            ?? wording(.readers, version.readers.visibility.rawValue)
        let languages = article.languages.map { tag -> HTML in
            let link = Link("\(place)").adding(query: ["in": tag])
            return """
                <a href="\(link)" lang="\(tag)" hreflang="\(tag)"\
                \(attribute: "aria-current", tag == language ? "true" : nil)>\(ArticleTeller.name(of: tag))</a>
                """
        }
        let uses = Article.Use.allCases.map { use -> HTML in
            row(wording(.articleUse, use.rawValue), HTML(text: wording.number(article.uses[use] ?? 0)))
        }
        return """
            <section class="panel"><h2>\(wording(.summaryTitle))</h2><dl class="facts">
            \(row(wording(.fieldReaders), HTML(text: readers)))
            \(row(wording(.articleLanguages), languages.joined(separator: ", ")))
            </dl></section>
            <section class="panel"><h2>\(wording(.articleUsesTitle))</h2><dl class="facts">\(uses)</dl></section>
            """
    }

    private func row(_ name: String, _ value: HTML) -> HTML { "<div><dt>\(name)</dt><dd>\(value)</dd></div>" }

    private var versions: HTML {
        let rows = article.versions.filter { $0.language == language }.map { version -> HTML in
            """
            <tr><td class="num" data-label="\(wording(.articleVersion))">\(wording.number(version.number))</td>\
            <td data-label="\(wording(.fieldArticleTitle))" lang="\(version.language)" dir="auto">\(version.title)</td>\
            <td data-label="\(wording(.columnState))">\(teller.badge(version.state))</td>\
            <td data-label="\(wording(.articleAuthor))"><bdi>\(version.authorName ?? wording(.articleByProgram))</bdi></td>\
            <td data-label="\(wording(.articleAt))">\(wording.dateAndTime(version.at, in: zone))</td></tr>
            """
        }
        return table(
            .articleVersions, [.articleVersion, .fieldArticleTitle, .columnState, .articleAuthor, .articleAt], rows)
    }

    private var ticketList: HTML? {
        if tickets.isEmpty { return nil }
        let rows = tickets.map { ticket -> HTML in
            let number = ticket.number.description
            return """
                <tr><td data-label="\(wording(.columnNumber))"><a class="ticket-number" \
                href="\("/desk/tickets/\(number)" as Link)">\(number)</a></td>\
                <td class="wide" data-label="\(wording(.columnSubject))" dir="auto">\(ticket.subject)</td>\
                <td data-label="\(wording(.articlePart))">\(wording(.articlePart, ticket.part.rawValue))</td>\
                <td data-label="\(wording(.reportDay))">\(wording.date(ticket.at, in: zone))</td></tr>
                """
        }
        return table(.articleTicketsTitle, [.columnNumber, .columnSubject, .articlePart, .reportDay], rows)
    }

    private func table(_ title: Catalogue.Phrase, _ headings: [Catalogue.Phrase], _ rows: [HTML]) -> HTML {
        """
        <section class="stack"><h2>\(wording(title))</h2>
        <div class="table-scroll" role="region" tabindex="0" aria-label="\(wording(title))">
        <table class="table table-cards"><thead><tr>\
        \(headings.map { "<th scope=\"col\">\(wording($0))</th>" as HTML })</tr></thead><tbody>\(rows)</tbody></table>
        </div></section>
        """
    }
}
