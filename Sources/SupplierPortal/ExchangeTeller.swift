import Catalogue
import Desk
import DeskStore
import DeskSuppliers
import DeskWeb
import Foundation
import HTML
import JSON
import Moments
import TimeZones

/// Says what a supplier may know of an exchange, in the language of whoever reads.
struct ExchangeTeller {
    let exchange: Exchange
    let wording: Wording
    let zone: Zone
    private let disclosure: Disclosure

    init(_ exchange: Exchange, for account: SupplierAccount, zone: Zone) throws {
        (self.exchange, self.zone) = (exchange, zone)
        wording = account.wording
        let fields = try account.supplier(exchange.supplier)?.fields ?? []
        disclosure = Disclosure(of: exchange.facts, allowing: fields)
    }

    var number: String { exchange.number.description }
    var heading: String { wording(.ticketHeading, ["number": number]) }
    var place: Link { "/supplier/portal/exchanges/\(exchange.uuid.uuidString.lowercased())" }
    /// What it is called; its number where the supplier may not know the subject.
    var title: String { text(.subject) ?? heading }
    var hasSubject: Bool { text(.subject) != nil }
    var description: String? { text(.description) }
    var isOver: Bool { exchange.endedAt != nil }

    var state: HTML {
        let tone =
            switch exchange.state {
            case .sent: "new"
            case .acknowledged: "assigned"
            case .inProgress: "in_progress"
            case .waitingForUs: "waiting_requester"
            case .resolved: "resolved"
            case .rejected, .withdrawn: "closed"
            }
        return "<span class=\"badge state-\(tone)\">\(wording(.exchangeState, exchange.state.rawValue))</span>"
    }

    var priority: HTML? {
        guard let level = disclosure[.priority]?.integer else { return nil }
        return "<span class=\"badge priority-\(level)\">\(wording(.priority, level))</span>"
    }

    func time(_ moment: Moment) -> HTML {
        "<time datetime=\"\(moment.rfc3339)\">\(wording.dateAndTime(moment, in: zone))</time>"
    }

    /// Both sides' references and what the supplier may know of the ticket beside its words.
    var facts: HTML {
        let theirs: HTML = exchange.theirReference.map { "<bdi>\($0)</bdi>" } ?? "\(wording(.supplierTheirsNone))"
        let rows: [HTML?] = [
            row(.exchangeOwnReference, theirs),
            row(.exchangeSince, time(exchange.openedAt)),
            exchange.endedAt.map { row(.exchangeOverSince, time($0)) },
            text(.kind).map { row(.fieldKind, "\(wording(.kind, $0))") },
            disclosure[.impact]?.integer.map { row(.fieldImpact, "\(wording(.impact, $0))") },
            disclosure[.urgency]?.integer.map { row(.fieldUrgency, "\(wording(.urgency, $0))") },
            text(.category).map { row(.fieldCategory, "<bdi>\($0)</bdi>") },
            text(.site).map { row(.columnSite, "<bdi>\($0)</bdi>") },
            requester.map { row(.fieldRequester, $0) },
        ]
        return "<dl class=\"facts\">\(rows.compactMap(\.self))</dl>"
    }

    private var requester: HTML? {
        let address = text(.requesterEmail).map { "<a href=\"\(Link(mailto: $0))\">\($0)</a>" as HTML }
        guard let name = text(.requesterName) else { return address }
        return "<bdi>\(name)</bdi>\(address.map { " · \($0)" as HTML })"
    }

    private func row(_ label: Catalogue.Phrase, _ value: HTML) -> HTML {
        "<div><dt>\(wording(label))</dt><dd>\(value)</dd></div>"
    }

    private func text(_ field: Supplier.Field) -> String? {
        disclosure[field]?.string.flatMap { $0.isEmpty ? nil : $0 }
    }
}
