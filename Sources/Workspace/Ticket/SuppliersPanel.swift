import Catalogue
import Desk
import DeskStore
import DeskWeb
import Foundation
import HTML
import HTTP
import Moments

/// The suppliers that have or had a part in a ticket, with the references by which both sides know it.
struct SuppliersPanel {
    let teller: TicketTeller

    var html: HTML? {
        if teller.view.bonds.isEmpty { return nil }
        return """
            <section class="panel"><h2>\(teller.wording(.supplierTicketsTitle))</h2>\(teller.view.bonds.map(bond))</section>
            """
    }

    private func bond(_ bond: BondView) -> HTML {
        let wording = teller.wording
        let theirs = bond.theirReference ?? wording(.supplierTheirsNone)
        let age = (bond.endedAt ?? teller.view.asOf).duration(since: bond.openedAt)
        let state = bond.serves ? wording(.supplierServed) : wording(.supplierState, bond.state.rawValue)
        return """
            <div><h3><bdi>\(teller.name(of: bond.supplier))</bdi></h3><dl class="facts">
            <div><dt>\(wording(.fieldState))</dt><dd>\(state)</dd></div>
            <div><dt>\(wording(.supplierOurs))</dt><dd>\(bond.ourReference(of: teller.view.ticket))</dd></div>
            <div><dt>\(wording(.supplierTheirs))</dt><dd><bdi>\(theirs)</bdi></dd></div>
            \(said(bond.theirState, .supplierTheirState))\(said(bond.theirPriority, .supplierTheirPriority))\
            \(said(bond.theirSeverity, .supplierTheirSeverity))
            <div><dt>\(wording(.fieldOpened))</dt><dd>\(teller.time(bond.openedAt))</dd></div>
            <div><dt>\(wording(.journeyHeld))</dt><dd>\(wording.duration(age))</dd></div>
            \(time(bond.lastSentAt, .supplierLastTold))\(time(bond.lastHeardAt, .supplierLastHeard))</dl>\(trouble(bond))
            <p><a href="\(place(of: bond))">\(wording(.exchangeRecord))</a></p></div>
            """
    }

    private func place(of bond: BondView) -> Link {
        "/desk/tickets/\(teller.number)/exchanges/\(bond.uuid.uuidString.lowercased())"
    }

    /// What the supplier says in its own words.
    private func said(_ words: String?, _ label: Catalogue.Phrase) -> HTML? {
        words.map { "<div><dt>\(teller.wording(label))</dt><dd><bdi>\($0)</bdi></dd></div>" }
    }

    private func time(_ moment: Moment?, _ label: Catalogue.Phrase) -> HTML? {
        moment.map { "<div><dt>\(teller.wording(label))</dt><dd>\(teller.time($0))</dd></div>" }
    }

    private func trouble(_ bond: BondView) -> HTML? {
        guard let since = bond.failingSince, bond.endedAt == nil else { return nil }
        let reason: HTML? = bond.lastError.map { " <bdi>\($0)</bdi>" }
        return """
            <p class="notice notice-warn">\(teller.wording(.supplierFailing)) \(teller.time(since)).\(reason)</p>
            """
    }
}
