import Catalogue
import Desk
import DeskStore
import DeskSuppliers
import DeskWeb
import Foundation
import HTML
import HTTP

/// What has left in an exchange with a supplier, and what was answered.
struct ExchangeRecordPage {
    let agent: Agent
    let teller: TicketTeller
    let bond: BondView
    let messages: [ExchangeMessage]

    private var wording: Wording { agent.wording }

    var response: Response {
        let title = wording(.exchangeRecordTitle, ["supplier": teller.name(of: bond.supplier)])
        let ticket: Link = "/desk/tickets/\(teller.number)"
        return Page(title, visit: agent.visit, area: .queue) {
            """
            <div class="stack"><p><a href="\(ticket)">\(wording(.ticketHeading, ["number": teller.number]))</a></p>
            <h1>\(title)</h1>\(messages.map(panel))</div>
            """
        }.response()
    }

    private func panel(_ message: ExchangeMessage) -> HTML {
        let event = message.body.flatMap { try? CloudEvent<DeskMessage>(reading: $0.utf8) }
        return """
            <section class="panel"><h2>\(wording(.event, message.kind.event.rawValue))</h2>
            <p class="muted">\(state(of: message))</p>
            \(event.map { DisclosedFields($0.payload.disclosure, wording).html })
            \(event?.payload.escalation.map { "<div class=\"prose\">\(HTML(prose: $0.text))</div>" as HTML })
            \(message.sent.map { WireText(wording(.exchangeSent), $0).html })
            \(message.received.map { WireText(wording(.exchangeReceived), $0).html })</section>
            """
    }

    private func state(of message: ExchangeMessage) -> HTML {
        // Of what has gone: a file that the supplier's system does not take.
        let reason: HTML? = message.lastError.map { " <bdi>\($0)</bdi>" }
        if let sentAt = message.sentAt { return "\(teller.time(sentAt))\(reason)" }
        return "\(wording(message.parkedAt == nil ? .exchangeWaits : .exchangeParked))\(reason)"
    }
}

extension SupplierMessage.Kind {
    /// The event of the ticket that such a message mostly comes from.
    fileprivate var event: Ticket.Event.Kind {
        switch self {
        case .referral, .reopening: .referred
        case .answer: .supplierAnswered
        case .withdrawal: .recalled
        case .question: .inquired
        case .note: .messageSent
        case .change: .changed
        case .closure: .closed
        case .escalation: .supplierEscalated
        }
    }
}

extension Workspace {
    /// What left to a supplier, for whoever sees the ticket.
    func record(
        of exchange: String, on number: TicketNumber, for agent: Agent
    ) async throws -> Response {
        let view = try await look(at: number, for: agent)
        let id = UUID(uuidString: exchange)
        guard let bond = view.bonds.first(where: { $0.uuid == id }) else { throw EndpointFault.noSuchPath }
        let messages = try await website.store.messages(of: bond.uuid, over: view.ticket.id, seeing: agent.sight)
        let teller = TicketTeller(view, wording: agent.wording, zone: zone(for: agent, view))
        return ExchangeRecordPage(agent: agent, teller: teller, bond: bond, messages: messages).response
    }
}
