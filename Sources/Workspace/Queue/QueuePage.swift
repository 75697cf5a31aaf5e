import Catalogue
import Desk
import DeskStore
import DeskWeb
import HTML
import HTTP
import Moments

/// The queue as a table that becomes cards on a phone.
struct QueuePage {
    let agent: Agent
    let availability: AvailabilityPanel
    let directory: Directory
    let filter: QueueFilter
    let mark: QueueMark
    let tickets: [TicketSummary]
    let hasMore: Bool
    let notice: DoneNotice?
    let now: Moment
    let news: KnownDisturbances
    /// That letters do not go out; nil where they do, and for those who cannot see to it.
    let letters: LettersNotice?
    /// That mail waits for somebody to look at it; nil where none does, and for those who do not look after the desk.
    let parked: ParkedMailNotice?
    /// That he may decide about mail; nil where none waits.
    let claims: ClaimsNotice?

    private var wording: Wording { agent.wording }

    var response: Response {
        Page(wording(.queueTitle), visit: agent.visit, area: .queue, width: .wide) {
            """
            <div class="stack">
            \(notice?.html(wording, directory))\(letters?.html)\(parked?.html)\(claims?.html)\(news.html())
            \(availability.notice)
            <div class="page-head"><h1>\(wording(.queueTitle))</h1>
            <div class="row">\(availability.html)
            <a class="button button-secondary" href="/desk/register">\(wording(.registerTitle))</a></div></div>
            \(filters)
            \(tickets.isEmpty ? empty : table)
            \(pages)
            </div>
            \(changes)
            """
        }.response()
    }

    private var changes: HTML {
        let place = filter.link(after: filter.after)
        let asked = filter.link(after: filter.after, at: "/desk/changes").adding(query: ["mark": mark.text])
        return ChangeHint(wording, says: .hintList, asks: asked, shows: place, by: .mark).html
    }

    private var filters: HTML {
        let organisation = directory.organisation
        let draft = Draft([
            "show": filter.choice.rawValue, "site": filter.site, "team": filter.team,
            "state": filter.state?.rawValue ?? "",
        ])
        let fields = FormFields(draft, wording, form: "filter")
        let states = Ticket.State.allCases.filter { $0 != .closed }
        let all = wording(.all)
        return """
            <form class="filters" method="get" action="/desk" aria-label="\(wording(.filterTitle))">
            \(fields.choice(
                "show", wording(.filterTitle),
                QueueFilter.Choice.allCases.map { (value: $0.rawValue, label: wording($0.phrase)) }))
            \(fields.choice(
                "site", wording(.columnSite), organisation.sites.map { (value: $0.code, label: $0.name) }, none: all))
            \(fields.choice(
                "team", wording(.columnTeam), organisation.teams.map { (value: $0.code, label: $0.name) }, none: all))
            \(fields.choice(
                "state", wording(.columnState),
                states.map { (value: $0.rawValue, label: wording(.state, $0.rawValue)) }, none: all))
            <button class="button button-secondary" type="submit">\(wording(.filterApply))</button>
            \(filter.isNarrow ? "<a class=\"button button-quiet\" href=\"/desk\">\(wording(.filterClear))</a>" : nil)
            </form>
            """
    }

    private var empty: HTML {
        let (title, text): (Catalogue.Phrase, Catalogue.Phrase) =
            filter.isNarrow
            ? (.queueEmptyFiltered, .queueEmptyFilteredText) : (.queueEmpty, .queueEmptyText)
        return "<div class=\"empty\"><h2>\(wording(title))</h2><p>\(wording(text))</p></div>"
    }

    private var table: HTML {
        let headings: [Catalogue.Phrase] = [
            .columnNumber, .columnPriority, .columnSubject, .columnRequester, .columnState, .columnTeam, .columnSite,
            .columnDue, .columnAge,
        ]
        return """
            <div class="table-scroll" role="region" tabindex="0" aria-label="\(wording(.queueCaption))">
            <table class="table table-cards"><caption>\(wording(.queueCaption))</caption>
            <thead><tr>\(headings.map { "<th scope=\"col\">\(wording($0))</th>" as HTML })</tr></thead>
            <tbody>
            \(tickets.map { QueueRow(summary: $0, directory: directory, wording: wording, now: now).html })
            </tbody></table></div>
            """
    }

    private var pages: HTML? {
        guard hasMore || filter.after != nil else { return nil }
        let first: HTML? =
            filter.after == nil ? nil : "<a href=\"\(filter.link(after: nil))\">\(wording(.previousPage))</a>"
        let next: HTML? = tickets.last.flatMap { last in
            hasMore
                ? "<a rel=\"next\" href=\"\(filter.link(after: WorkloadPlace(last.ticket)))\">\(wording(.nextPage))</a>"
                : nil
        }
        return "<nav class=\"pagination\" aria-label=\"\(wording(.pagesLabel))\">\(first)\(next)</nav>"
    }
}
