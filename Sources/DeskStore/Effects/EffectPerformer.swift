import Desk
import Jobs
import Moments
import Postgres

/// Performs what follows from an event, in the transaction of the event.
struct EffectPerformer: Sendable {
    let ticket: Ticket
    let directory: Directory
    let keys: KeyReserve

    /// The site whose lane takes the jobs: the one that has the ticket now.
    private var site: String { directory.code(of: ticket.responsibility.place.site) }

    /// - Returns: the clocks that may be different, as they are then; nil where none can be.
    @discardableResult
    func perform(_ effects: [Effect], on transaction: borrowing Transaction) async throws -> Clocks? {
        var clocks: Clocks?
        if effects.contains(.settleClocks) {
            let keeper = ClockKeeper(ticket: ticket, directory: directory, keys: keys)
            clocks = try await keeper.settle(after: effects, on: transaction)
        }
        for effect in effects {
            switch effect {
            case .openLeg(let leg): transaction.open(leg, of: ticket.id)
            case .closeLeg(let end): transaction.closeLeg(of: ticket.id, at: end)
            case .route: try transaction.enqueueLater(RouteTicket(ticket: ticket.id), site: site)
            case .tell(let audience, let letter, let entry):
                let id = try await keys.next(of: "letter", using: transaction)
                let word = OwedWord(letter, to: audience, about: ticket, entry: entry, sent: site)
                try transaction.owe([word], as: [id])
            case .deliver(let supplier, let message):
                try await deliver(message, to: supplier, on: transaction)
            case .report(let client, let report):
                try await transaction.report(
                    report, to: BondPartner(client, in: directory), about: ticket, from: site)
            case .closeBonds:
                try await transaction.closeBonds(of: ticket, in: directory, from: site)
                transaction.endService(of: ticket)
            case .resume(let moment):
                try transaction.enqueueLater(ResumeTicket(ticket: ticket.id, due: moment), at: moment, site: site)
            case .settleClocks, .keep, .setAccess: break
            case .link(let other, let kind): try await transaction.link(ticket, to: other, kind)
            case .unlink(let other, let kind): try await transaction.unlink(ticket, from: other, kind)
            case .follow(let person): try await transaction.follow(ticket, by: person)
            case .resolveChildren: try await transaction.leaveChildren(of: ticket, to: site)
            case .resumeChildren: try await transaction.wakeChildren(of: ticket, at: site)
            case .endAnnouncements: try await transaction.endAnnouncements(of: ticket)
            case .closeWhenSilent: try await transaction.closeWhenSilent(ticket, in: directory, at: site)
            }
        }
        return clocks
    }

    /// What could tell a supplier nothing that it may see is not written.
    private func deliver(
        _ message: SupplierMessage, to supplier: SupplierID, on transaction: borrowing Transaction
    ) async throws {
        if directory.supplier(supplier)?.hears(message) == false { return }
        try await transaction.deliver(message, to: BondPartner(supplier, in: directory), about: ticket, from: site)
    }

    /// Sets who sees the ticket. It comes last, since whoever acts may give the ticket out of his own sight.
    func settleAccess(_ effects: [Effect], on transaction: borrowing Transaction) {
        guard effects.contains(where: \.isOfAccess) else { return }
        transaction.setAccess(of: ticket, in: directory)
    }
}
