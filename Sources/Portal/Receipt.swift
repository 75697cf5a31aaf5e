import Catalogue
import Desk
import DeskStore
import DeskWeb
import HTML
import HTTP

/// What is seen once a request has been taken.
extension Portal {
    func confirm(_ number: TicketNumber, to requester: Requester) async throws -> Response {
        let view = try await look(at: number, for: requester)
        let wording = requester.wording
        let teller = TicketTeller(view, wording: wording, zone: zone(for: requester, view))
        let expected: HTML? = view.clocks.first { $0.clock.measure == .firstResponse }?.clock.dueAt.map { due in
            let time = wording.dateAndTime(due, in: teller.zone)
            return "<h2>\(wording(.portalSentNext))</h2><p>\(wording(.portalSentExpect, ["time": time]))</p>"
        }
        let page = Page(wording(.portalSentTitle), visit: requester.visit, area: .portal, width: .narrow) {
            """
            <div class="stack">
            <div class="confirmation"><h1>\(wording(.portalSentTitle))</h1>
            <p>\(wording(.portalSentNumber)) <span class="ticket-number">\(teller.number)</span></p></div>
            <p>\(wording(.portalSentMail, ["email": view.requester.address]))</p>
            \(expected)
            <div class="buttons"><a class="button" href="\(requester.link("/tickets/\(teller.number)"))">\
            \(wording(.portalFollow))</a>
            <a class="button button-secondary" href="/">\(wording(.portalAnother))</a></div>
            </div>
            """
        }
        return page.response()
    }
}
