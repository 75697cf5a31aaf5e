import Desk
import Moments
import Postgres

/// Performs what an event's effects say about clocks: reads them, lets the rules move them, writes what is different.
struct ClockKeeper: Sendable {
    let ticket: Ticket
    let directory: Directory

    func perform(_ effects: [Effect], on transaction: borrowing Transaction) async throws {
        guard effects.contains(where: \.concernsClocks) else { return }
        let isNew = ticket.revision == 1
        let before = isNew ? [] : try await transaction.clocks(of: ticket.id, calendars: directory)
        var clocks = Clocks(before.map(\.clock))
        clocks.perform(effects, on: ticket, under: try directory.terms(for: ticket))
        for (old, new) in zip(before, clocks.clocks) where old.clock != new {
            try await transaction.save(new, over: old)
        }
        for new in clocks.clocks.dropFirst(before.count) { try await transaction.insert(new, of: ticket.id) }
    }
}

extension Effect {
    fileprivate var concernsClocks: Bool {
        switch self {
        case .startClocks, .pauseClocks, .resumeClocks, .moveClocks, .retargetClocks, .stopClock, .stopClocks: true
        case .openLeg, .closeLeg, .route, .tell, .deliver, .setAccess, .link, .unlink, .follow, .resolveChildren,
            .closeWhenSilent:
            false
        }
    }
}
