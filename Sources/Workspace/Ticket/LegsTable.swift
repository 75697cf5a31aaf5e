import Catalogue
import Desk
import DeskStore
import DeskWeb
import HTML
import Moments
import TimeZones

/// The legs of a ticket's journey, each with its times as the clocks on the wall there showed them.
struct LegsTable {
    let teller: TicketTeller
    let website: Website

    private var wording: Wording { teller.wording }

    var html: HTML {
        let headings: [Catalogue.Phrase] = [
            .columnHolder, .columnSite, .journeyZone, .journeyFrom, .journeyTo, .journeyHeld,
        ]
        return """
            <details class="action"><summary>\(wording(.journeyCaption))</summary>
            <div class="table-scroll" role="region" tabindex="0" aria-label="\(wording(.journeyCaption))">
            <table class="table table-cards"><caption class="visually-hidden">\(wording(.journeyCaption))</caption>
            <thead><tr>\(headings.map { "<th scope=\"col\">\(wording($0))</th>" as HTML })</tr></thead>
            <tbody>\(teller.view.legs.map(row))</tbody></table></div></details>
            """
    }

    private func row(_ leg: Leg) -> HTML {
        let zone = website.zone(of: leg.place.site, in: teller.view.directory)
        let end: HTML = leg.endedAt.map { teller.time($0, in: zone) } ?? "<em>\(wording(.journeyNow))</em>"
        let length = (leg.endedAt ?? teller.view.asOf).duration(since: leg.startedAt)
        let holder = leg.holder.kind == .team ? teller.name(of: leg.place.team) : teller.name(of: leg.holder)
        return """
            <tr>\(cell(.columnHolder, "<bdi>\(holder)</bdi>"))\
            \(cell(.columnSite, HTML(text: teller.name(of: leg.place.site))))\
            \(cell(.journeyZone, HTML(text: zone.name)))\
            \(cell(.journeyFrom, teller.time(leg.startedAt, in: zone)))\(cell(.journeyTo, end))\
            <td class="num" data-label="\(wording(.journeyHeld))">\(wording.duration(length))</td></tr>
            """
    }

    private func cell(_ heading: Catalogue.Phrase, _ content: HTML) -> HTML {
        "<td data-label=\"\(wording(heading))\">\(content)</td>"
    }
}
