/// The priority for each impact and urgency.
public struct PriorityMatrix: Hashable, Sendable {
    /// Rows by impact, columns by urgency, from 1 to 3 each.
    let rows: [[Priority]]

    /// The matrix, or nil unless it has three rows of three.
    public init?(rows: [[Priority]]) {
        guard rows.count == Impact.allCases.count, rows.allSatisfy({ $0.count == Urgency.allCases.count }) else {
            return nil
        }
        self.rows = rows
    }

    private init() {
        rows = Impact.allCases.map { impact in
            Urgency.allCases.map { Priority(rawValue: impact.rawValue + $0.rawValue - 1) ?? .planned }
        }
    }

    /// High and high is 1; each step down in either costs one.
    public static let standard = PriorityMatrix()

    public func priority(_ impact: Impact, _ urgency: Urgency) -> Priority {
        rows[impact.rawValue - 1][urgency.rawValue - 1]
    }
}
