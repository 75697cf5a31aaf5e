/// Why a private PostgreSQL could not be made, started or stopped; written for the person who asked for it.
public struct ClusterFault: Error, Sendable, CustomStringConvertible {
    /// What was wrong.
    public let problem: String
    /// What to do next, where we know it.
    public let advice: String?

    init(_ problem: String, advice: String? = nil) {
        self.problem = problem
        self.advice = advice
    }

    public var description: String {
        guard let advice else { return problem }
        return "\(problem) Try: \(advice)"
    }
}
