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
                case "articles": try await self.keepKnowledge(in: organisation)
                case "roster": try await self.changeRoster(in: organisation)
                case "class": try await self.changeRequester()
                case "recount": try await self.recountSomething()
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

    func somebody(in organisation: Organisation) async throws -> PersonID {
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
        try await noting { _ = try await world.intake.merge(gone, into: kept, by: .program) }
    }

    /// Somebody who asked becomes important, or a guest, or moves.
    private func changeRequester() async throws {
        let people = try await world.operators.database.all(
            """
            select p.id from person p
            where p.merged_into is null and exists (select from ticket t where t.requester = p.id
                and t.state <> 'closed') order by p.id
            """, as: PersonID.self)
        guard let person = people.randomElement(using: &random) else { throw Nobody() }
        let sites = try await world.intake.directory().sites
        var changes = PersonChanges()
        changes.personClass = RequesterBook.classes.randomElement(using: &random)
        if Bool.random(using: &random) {
            let code = documents.organisation?.sites.randomElement(using: &random)?.code
            changes.homeSite = .some(code.flatMap { sites[$0] })
        }
        let wanted = changes
        try await noting { try await world.intake.change(person, wanted, by: .program) }
    }

    /// An operator has clocks counted anew; a rehearsal changes nothing, and what was counted anew stays so.
    private func recountSomething() async throws {
        let open = try await world.operators.database.all(
            "select number from ticket order by updated_at desc, id limit 30", as: TicketNumber.self)
        guard let number = open.randomElement(using: &random) else { throw Nobody() }
        let hours: RecountedHours = Bool.random(using: &random) ? .ofToday : .ofTheirTime
        func recount(isRehearsal: Bool) async throws -> [ClockShift] {
            try await world.operators.reevaluateClocks(
                of: number, by: hours, because: "The hours were wrong.", cause: "the simulation",
                isRehearsal: isRehearsal)
        }
        let rehearsed = try await recount(isRehearsal: true)
        let done = try await recount(isRehearsal: false)
        if done.isEmpty != rehearsed.isEmpty {
            fail("a rehearsal tells what comes", about: "\(number)", "\(rehearsed), then \(done)")
        }
        if done.isEmpty { return }
        recounts[number, default: []].append(hours)
        let again = try await recount(isRehearsal: true)
        if !again.isEmpty { fail("what was counted anew stays so", about: "\(number)", "\(again)") }
        deeds["clocks counted anew", default: 0] += 1
    }
}
