import Desk
import DeskStore
import Moments
import Postgres
import SeedTestSupport

/// People are away, come back, and turn out to be one.
extension Simulation {
    func changePeople(_ kind: String, _ organisation: Organisation) async throws {
        let done: Bool? = try await tolerate(kind) {
            do {
                switch kind {
                case "twins": try await self.mergeSomebody()
                case "back": try await self.endAbsence()
                case "absent": try await self.enterAbsence(in: organisation)
                default: try await self.markSomebody(in: organisation)
                }
                return true
            } catch let error where Self.isRefusal(error) {
                self.refusals[kind, default: 0] += 1
                return nil
            }
        }
        if done != nil { deeds["people: \(kind)", default: 0] += 1 }
    }

    private func somebody(in organisation: Organisation) async throws -> PersonID {
        guard let email = organisation.people.randomElement(using: &random)?.email,
            let person = try await world.operators.person(at: email)
        else { throw Nobody() }
        return person.id
    }

    private func markSomebody(in organisation: Organisation) async throws {
        let state = Availability.State.allCases.randomElement(using: &random) ?? .away
        let hours = Int.random(in: 1...60, using: &random)
        let person = try await somebody(in: organisation)
        try await world.intake.setAvailability(state, of: person, until: now + .seconds(hours * 3600))
    }

    private func enterAbsence(in organisation: Organisation) async throws {
        let reason = Absence.Reason.allCases.randomElement(using: &random) ?? .other
        let since = now + .seconds(Int.random(in: -20...40, using: &random) * 3600)
        var draft = AbsenceDraft(reason, since: since, until: since + .seconds(86_400))
        draft.until = Int.random(in: 0..<4, using: &random) == 0 ? nil : draft.until
        if Bool.random(using: &random) { draft.deputy = try await somebody(in: organisation) }
        _ = try await world.intake.enter(draft, of: try await somebody(in: organisation), by: .program)
    }

    private func endAbsence() async throws {
        let absences = try await world.operators.database.all(
            Query<Absence>(
                """
                select \(columns: Absence.self) from absence b
                where b.withdrawn_at is null and (b.until is null or b.until > \(now)) order by b.id
                """))
        guard let absence = absences.randomElement(using: &random) else { throw Nobody() }
        try await world.intake.end(absence: absence.id, by: .program)
    }

    /// Two who asked are one.
    private func mergeSomebody() async throws {
        let people = try await world.operators.database.all(
            "select distinct requester from ticket order by requester", as: PersonID.self)
        guard let gone = people.randomElement(using: &random), let kept = people.randomElement(using: &random),
            gone != kept
        else { throw Nobody() }
        try await world.intake.merge(gone, into: kept, by: .program)
    }
}
