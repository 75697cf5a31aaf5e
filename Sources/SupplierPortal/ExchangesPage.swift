import Catalogue
import Desk
import DeskStore
import DeskWeb
import HTML
import HTTP

extension SupplierPortal {
    func list(for account: SupplierAccount) async throws -> Response {
        let exchanges = try await website.store.exchanges(of: account.suppliers)
        let tellers = try exchanges.map { try teller(of: $0, for: account) }
        return ExchangesPage(account: account, exchanges: tellers).response
    }

    /// Times are told in the zone of the site that the ticket came in at.
    func teller(of exchange: Exchange, for account: SupplierAccount) throws -> ExchangeTeller {
        let directory = try account.visit.directory()
        let site = directory.sites[exchange.number.site]
        return try ExchangeTeller(exchange, for: account, zone: website.zone(of: site, in: directory))
    }
}

/// The tickets that a supplier has, and those that it had lately.
struct ExchangesPage {
    let account: SupplierAccount
    let exchanges: [ExchangeTeller]

    private var wording: Wording { account.wording }

    var response: Response {
        let title = wording(.supplierPortalTitle)
        let (open, over) = (exchanges.filter { !$0.isOver }, exchanges.filter(\.isOver))
        return Page(title, visit: account.visit, area: .suppliers) {
            """
            <div class="stack"><div class="page-head"><h1>\(title)</h1>\(names)</div>
            <section class="stack"><h2>\(wording(.exchangesOpen))</h2>\
            \(open.isEmpty ? empty : table(open, .exchangesOpen, .exchangeSince))</section>
            \(over.isEmpty ? nil : past(over))</div>
            """
        }.response()
    }

    private var names: HTML? {
        let names = account.suppliers.compactMap { try? account.supplier($0)?.name }
        return names.isEmpty ? nil : "<p class=\"muted\"><bdi>\(names.joined(separator: ", "))</bdi></p>"
    }

    private var empty: HTML {
        "<div class=\"empty\"><h3>\(wording(.exchangesEmpty))</h3><p>\(wording(.exchangesEmptyText))</p></div>"
    }

    private func past(_ over: [ExchangeTeller]) -> HTML {
        """
        <section class="stack"><h2>\(wording(.exchangesEnded))</h2>\
        \(table(over, .exchangesEnded, .exchangeOverSince))</section>
        """
    }

    private func table(_ tellers: [ExchangeTeller], _ name: Catalogue.Phrase, _ when: Catalogue.Phrase) -> HTML {
        let labels = [
            wording(.columnNumber), wording(.columnSubject), wording(.columnState), wording(.exchangeOwnReference),
            wording(when),
        ]
        let rows = tellers.map { teller -> HTML in
            let exchange = teller.exchange
            let theirs: HTML = exchange.theirReference.map { "<bdi>\($0)</bdi>" } ?? "–"
            return """
                <tr><td data-label="\(labels[0])" class="ticket-number">\(teller.number)</td>\
                <td class="wide" data-label="\(labels[1])">\
                <a href="\(teller.place)" dir="auto">\(teller.title)</a></td>\
                <td data-label="\(labels[2])">\(teller.state)</td><td data-label="\(labels[3])">\(theirs)</td>\
                <td data-label="\(labels[4])">\(teller.time(exchange.endedAt ?? exchange.openedAt))</td></tr>
                """
        }
        return """
            <div class="table-scroll" role="region" tabindex="0" aria-label="\(wording(name))">
            <table class="table table-cards"><thead><tr>\
            \(labels.map { "<th scope=\"col\">\($0)</th>" as HTML })</tr></thead><tbody>
            \(rows)</tbody></table></div>
            """
    }
}
