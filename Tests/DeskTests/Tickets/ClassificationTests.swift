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
