import Catalogue
import Desk
import DeskStore
import DeskWeb
import Foundation
import HTML

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
        return """
            <div><h3><bdi>\(teller.name(of: bond.supplier))</bdi></h3><dl class="facts">
            <div><dt>\(wording(.fieldState))</dt><dd>\(wording(.supplierState, bond.state.rawValue))</dd></div>
            <div><dt>\(wording(.supplierOurs))</dt><dd>\(bond.ourReference(of: teller.view.ticket))</dd></div>
            <div><dt>\(wording(.supplierTheirs))</dt><dd><bdi>\(theirs)</bdi></dd></div>
            <div><dt>\(wording(.fieldOpened))</dt><dd>\(teller.time(bond.openedAt))</dd></div></dl></div>
            """
    }
}
