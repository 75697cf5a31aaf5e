import Desk
import Testing

@Suite("Classification and priority")
struct ClassificationTests {
    private let old = Classification(
        kind: .incident, category: CategoryID(5), impact: .medium, urgency: .low, priority: .low)

    @Test("The matrix gives the priority where nobody chose one")
    func prioritises() {
        var changes = Changes()
        changes.urgency = .high
        #expect(changes.prioritised(for: old, by: .standard).priority == .high)
        changes.priority = .planned
        #expect(changes.prioritised(for: old, by: .standard).priority == .planned)
        #expect(Changes().prioritised(for: old, by: .standard).isEmpty)
    }

    @Test("A person's priority stays when impact or urgency change, until he gives it back to the matrix")
    func overrides() {
        var choice = Changes()
        choice.priority = .critical
        choice.reason = EntryID(7)
        let chosen = choice.prioritised(for: old, by: .standard).applied(to: old)
        #expect(chosen.priority == .critical && chosen.basis == .person && chosen.priorityReason == EntryID(7))
        var change = Changes()
        change.impact = .low
        let later = change.prioritised(for: chosen, by: .standard).applied(to: chosen)
        #expect(later.priority == .critical && later.basis == .person && later.priorityReason == EntryID(7))
        var release = Changes()
        release.basis = .matrix
        let released = release.prioritised(for: later, by: .standard).applied(to: later)
        #expect(released.priority == .planned && released.basis == .matrix && released.priorityReason == nil)
    }

    @Test("A program that repeats the matrix's own priority overrules nothing")
    func repeats() {
        var changes = Changes()
        changes.priority = .low
        #expect(changes.prioritised(for: old, by: .standard).applied(to: old) == old)
    }

    @Test("The standard matrix goes from critical to planned")
    func standardMatrix() {
        let rows = Impact.allCases.map { impact in
            Urgency.allCases.map { PriorityMatrix.standard.priority(impact, $0).rawValue }
        }
        #expect(rows == [[1, 2, 3], [2, 3, 4], [3, 4, 5]])
        #expect(PriorityMatrix(rows: [[.high, .high], [.low, .low]]) == nil)
    }

    @Test("Changes leave alone what they do not name, and can take the category away")
    func applies() {
        var changes = Changes()
        changes.kind = .serviceRequest
        #expect(changes.applied(to: old).category == CategoryID(5))
        changes.removesCategory = true
        let new = changes.applied(to: old)
        #expect(new.category == nil && new.kind == .serviceRequest && new.priority == .low)
    }
}
