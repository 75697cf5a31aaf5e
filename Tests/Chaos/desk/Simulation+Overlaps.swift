import Desk
import DeskStore
import Jobs
import Postgres
import Routing
import SeedTestSupport

/// Two transactions under way at once, of which the second comes upon what the first has not committed yet.
extension Simulation {
    /// Who else is at a ticket while somebody does something about it.
    enum Rival: String, CaseIterable {
        case agent, requester, deadlines, worker
    }

    /// Somebody does something about a ticket, and while that is not committed, another one does. The first is held at
    /// its commit until the second waits for it or is done.
    func overlap(_ act: Act, on ticket: Ticket) async throws {
        try await disarm()
        let rival = Rival.allCases.randomElement(using: &random) ?? .agent
        let second = Act.allCases.randomElement(using: &random) ?? .take
        world.outside.expect([])
        // Safe: both tasks and this one stay on one loop, and who draws from the seed waits for nobody in between.
        nonisolated(unsafe) let play = self
        let byAgent: Deed = { try await play.perform(act, on: ticket) }
        let byRival: Deed = {
            switch rival {
            case .agent: try await play.perform(second, on: ticket)
            case .requester: try await play.reply(about: ticket)
            case .deadlines: _ = try await play.world.deadlines.fire()
            case .worker: try await play.workAlone()
            }
        }
        let isAgentFirst = Bool.random(using: &random)
        let pair = AtOnce()
        try await pair.run(isAgentFirst ? [byAgent, byRival] : [byRival, byAgent], in: world)
        hearSuppliers()
        deeds["at once: an agent and \(rival.rawValue)", default: 0] += 1
        if pair.hasWaited { deeds["at once, and one waited", default: 0] += 1 }
        let names = "\(act.rawValue) and \(rival == .agent ? second.rawValue : rival.rawValue)"
        for error in pair.errors {
            guard Self.isRefusal(error) else {
                fail("of two at once each is taken or refused", about: "\(ticket.number)", "\(names): \(error)")
                continue
            }
            refusals["at once: an agent and \(rival.rawValue)", default: 0] += 1
        }
        if let stuck = pair.stuck {
            fail("two at once come to an end", about: "\(ticket.number)", "\(names): \(stuck)")
        }
    }

    /// One of the workers does a job, if there is one.
    private func workAlone() async throws {
        for place in hands.indices {
            if hands[place].held == nil { hands[place].held = try await hands[place].stepper.claimNext() }
            guard let held = hands[place].held else { continue }
            hands[place].held = nil
            await hands[place].stepper.run(held)
            return
        }
    }
}
