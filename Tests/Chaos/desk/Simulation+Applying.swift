import Desk
import DeskStore
import JSON
import Jobs
import Moments
import SeedTestSupport
import Synchronization

/// A document comes into force: mostly while something happens to a ticket.
extension Simulation {
    /// - Returns: whether it was taken.
    func putInForce(_ edited: Organisation) async throws -> Bool {
        // Nothing else happens at the instant from which it is in force, but what is under way at once.
        try await world.advance(to: now + .seconds(1))
        try await disarm()
        let isAlone = faults.isOut || Int.random(in: 0..<3, using: &random) == 0
        let applied: Moment?
        do {
            applied = try await noting {
                if !isAlone { return try await applyAmidstWork(edited) }
                _ = try await world.operators.apply(edited, by: "the simulation")
                return now
            }
        } catch is JSONFaults {
            return false
        }
        guard let applied else { return false }
        try documents.add(edited, at: applied, world.zones)
        try await world.advance(to: now + .seconds(1))
        return true
    }

    /// Applies a document while something that somebody does to a ticket is not committed, and has the workers follow
    /// it if it came into force before that is; or somebody does something while the document is not committed.
    ///
    /// - Returns: when it was applied; nil if it was refused.
    private func applyAmidstWork(_ edited: Organisation) async throws -> Moment? {
        world.outside.expect([])
        let (name, number, something) = try await somethingUnderWay()
        let applied = Mutex<Moment?>(nil)
        // Safe: all tasks and this one stay on one loop, and who draws from the seed waits for nobody in between.
        nonisolated(unsafe) let play = self
        let byOperator: Deed = {
            let moment = play.now
            _ = try await play.world.operators.apply(edited, by: "the simulation")
            applied.withLock { $0 = moment }
        }
        let isApplyingFirst = Bool.random(using: &random)
        let crowd = AtOnce()
        try await crowd.run(
            isApplyingFirst ? [byOperator, something] : [something, byOperator, { await play.workAll() }], in: world
        ) {
            // What comes second comes later, also by the clock.
            try await world.advance(to: now + .milliseconds(1))
        }
        hearSuppliers()
        if let number { lookAgain(at: number) }
        deeds["at once: a document and \(name)", default: 0] += 1
        if crowd.hasWaited { deeds["at once, and one waited", default: 0] += 1 }
        for error in crowd.errors where !Self.isRefusal(error) {
            fail("of a document and a deed at once each is taken or refused", about: name, "\(error)")
        }
        if let stuck = crowd.stuck { fail("a document and a deed at once come to an end", about: name, stuck) }
        return applied.withLock { $0 }
    }

    /// Something that may be under way while a document is applied.
    private func somethingUnderWay() async throws -> (name: String, number: TicketNumber?, deed: Deed) {
        let number = acknowledged.suffix(60).randomElement(using: &random)
        // Safe: as above.
        nonisolated(unsafe) let play = self
        guard Int.random(in: 0..<4, using: &random) > 0, let number, let ticket = try await record(of: number)?.ticket
        else {
            let submission = scenery.submission(in: try await world.intake.directory(), &random)
            return ("an arrival", nil, { play.take(try await play.world.intake.accept(submission).ticket.number) })
        }
        let act = somethingToDo(about: ticket, turn: turns[number, default: 0])
        return (act.rawValue, number, { try await play.perform(act, on: ticket) })
    }

    /// The workers do what is due.
    private func workAll() async {
        var hasWorked = true
        while hasWorked {
            hasWorked = false
            for place in hands.indices {
                if hands[place].held == nil { hands[place].held = try? await hands[place].stepper.claimNext() }
                guard let held = hands[place].held else { continue }
                (hands[place].held, hasWorked) = (nil, true)
                await hands[place].stepper.run(held)
            }
        }
    }
}
