import Catalogue
import Desk
import DeskStore
import DeskWeb
import Foundation
import HTML

/// What a ticket is, at a glance.
struct SummaryPanel {
    let teller: TicketTeller
    let file: TicketFile
    let agent: Agent

    private var wording: Wording { teller.wording }
    private var requester: PersonCard? { file.requester }
    private var ticket: Ticket { teller.ticket }

    var html: HTML {
        let place = ticket.responsibility.place
        let directory = teller.view.directory
        let category = ticket.classification.category.flatMap { directory.category($0) }
        let rows: [HTML?] = [
            row(.fieldRequester, asker), requester.map { row(.personHome, HTML(text: home(of: $0))) },
            row(.fieldKind, HTML(text: wording(.kind, ticket.classification.kind.rawValue))),
            row(.fieldCategory, HTML(text: category?.name(in: wording.language.tag) ?? wording(.none))),
            row(.fieldImpact, HTML(text: wording(.impact, ticket.classification.impact.rawValue))),
            row(.fieldUrgency, HTML(text: wording(.urgency, ticket.classification.urgency.rawValue))),
            row(.fieldPriority, HTML(text: priority)),
            teller.view.priorityReason.map { row(.fieldPriorityReason, "<bdi>\($0)</bdi>") },
            tags.isEmpty ? nil : row(.fieldTags, HTML(text: tags)),
            row(.columnHolder, HTML(text: teller.name(of: ticket.holder))),
            row(.fieldTeam, HTML(text: teller.name(of: .team(place)))),
            row(.fieldTier, HTML(text: wording(.tier, place.tier))),
            row(.fieldPosition, HTML(text: directory.position(ticket.responsibility.position)?.name ?? "")),
            row(.fieldOwner, HTML(text: directory.position(ticket.owner)?.name ?? "")),
            row(.fieldPerson, HTML(text: file.taker?.name ?? wording(.fieldPersonNobody))),
            ticket.undertakings.means.map { row(.fieldMeans, HTML(text: wording(.means, $0.rawValue))) },
            row(.fieldChannel, HTML(text: wording(.channel, ticket.channel.rawValue))),
            ticket.ties.listeners.isEmpty ? nil : row(.fieldListeners, HTML(text: listeners)),
            row(.fieldOpened, teller.time(ticket.times.opened)),
            ticket.times.resolved.map { row(.fieldResolved, teller.time($0)) },
            ticket.outcome.map { row(.fieldOutcome, HTML(text: wording(.outcome, $0.rawValue))) },
        ]
        return """
            <section class="panel"><h2>\(wording(.summaryTitle))</h2><dl class="facts">\(rows.compactMap { $0 })</dl>\
            </section>
            """
    }

    /// Who asks, with every address, and the way to all that is known of him.
    private var asker: HTML {
        let known = teller.view.requester
        let addresses = (requester?.addresses ?? [known.address]).map { address -> HTML in
            // A long address breaks before its domain, not within a word.
            let words = address.split(separator: "@", maxSplits: 1).map { HTML(text: $0) }.joined(separator: "<wbr>@")
            return "<br><a href=\"\(Link(mailto: address))\">\(words)</a>"
        }
        let card: HTML? = (agent.worksOnTickets ? requester : nil).map { card in
            let link: Link = "/desk/people/\(card.uuid.uuidString.lowercased())"
            return "<br><a href=\"\(link)\">\(wording(file.hasTwins ? .personTwinsHint : .personCard))</a>"
        }
        return "<bdi>\(known.name)</bdi>\(addresses)\(card)"
    }

    private func home(of card: PersonCard) -> String {
        let parts = [
            card.homeSite.flatMap { teller.view.directory.site($0)?.name }, card.organisation,
            card.relation.map { wording(.relation, $0.rawValue) },
        ].compactMap(\.self)
        return parts.isEmpty ? wording(.none) : parts.joined(separator: ", ")
    }

    private var tags: String { ticket.classification.tags.joined(separator: ", ") }

    /// The sites whose desks got the same enquiry.
    private var listeners: String {
        ticket.ties.listeners.compactMap { teller.view.directory.site($0)?.name }.joined(separator: ", ")
    }

    private var priority: String {
        let (priority, basis) = (ticket.classification.priority, ticket.classification.basis)
        return "\(wording(.priority, priority.rawValue)), \(wording(.priorityBasis, basis.rawValue))"
    }

    private func row(_ name: Catalogue.Phrase, _ value: HTML) -> HTML {
        "<div><dt>\(wording(name))</dt><dd>\(value)</dd></div>"
    }
}
