import Postgres

/// A number of the scorecards of suppliers behind which tickets stand.
enum ReferralCount: String, CaseIterable, Sendable {
    case referred
    /// Referred to a supplier that had solved it before.
    case again
    case resolved
    case returned
    case withdrawn
    /// Not ended at the end of the period.
    case held

    /// Holds for the referrals `r` that are counted.
    func condition(in question: Question) -> SQL {
        let (start, until) = (question.period.start, question.until)
        let referred: SQL = "r.referred_at >= \(start) and r.referred_at < \(until)"
        return switch self {
        case .referred: referred
        case .again: "\(referred) and r.again"
        case .resolved, .returned, .withdrawn:
            "r.ended_at >= \(start) and r.ended_at < \(until) and r.ending = \(rawValue)"
        case .held: question.isWithSupplier
        }
    }
}
