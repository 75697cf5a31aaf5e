import Desk
import DeskStore
import DeskSuppliers
import DeskWeb
import HTTP

/// A message to a supplier that a form asks for.
struct SupplierSending {
    let supplier: SupplierID
    let kind: SupplierMessage.Kind

    /// Nil where the form sends nothing to a supplier, or what is wrong with it is told anyhow.
    init?(_ action: TicketAction, _ draft: Draft, on view: TicketView) {
        let code: String
        switch action {
        case .referrals, .answers, .recalls: code = draft["supplier"]
        case .inquiries where draft["to"].hasPrefix("supplier:"): code = String(draft["to"].dropFirst(9))
        default: return nil
        }
        guard let supplier = view.directory.suppliers[code] else { return nil }
        self.supplier = supplier
        switch action {
        case .answers: kind = .answer
        case .recalls: kind = .withdrawal
        case .inquiries: kind = .question
        default:
            let former = view.bonds.filter { $0.supplier == supplier }.max { $0.id < $1.id }
            kind = former?.state == .resolved ? .reopening : .referral
        }
    }

    /// What a form holds whose sender has seen what leaves: by another document, other things may.
    static func mark(in directory: Directory) -> String { "\(directory.version)" }
}

extension Workspace {
    /// The page that shows what leaves, where it is to be shown and has not been.
    func sending(
        _ action: TicketAction, _ draft: Draft, _ view: TicketView, for agent: Agent
    ) async throws -> SendingPage? {
        guard let preview, let sending = SupplierSending(action, draft, on: view),
            view.directory.supplier(sending.supplier)?.preview == .always,
            draft["shown"] != SupplierSending.mark(in: view.directory)
        else { return nil }
        let note = draft["note"].isEmpty ? nil : draft["note"]
        guard let leaving = try await preview(sending.kind, view.ticket.id, sending.supplier, note, agent.sight) else {
            return nil
        }
        let teller = TicketTeller(view, wording: agent.wording, zone: zone(for: agent, view))
        return SendingPage(
            agent: agent, teller: teller, action: action, supplier: sending.supplier, leaving: leaving, draft: draft)
    }
}
