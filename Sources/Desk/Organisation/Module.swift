/// A part of the product that an organisation may leave switched off (S88).
public enum Module: String, CaseIterable, Codable, Hashable, Sendable {
    case knowledge
    case approvals
    case surveys
    case timeReporting = "time_reporting"
    case assets
    case problems
    case changes
}
