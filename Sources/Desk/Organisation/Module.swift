/// A part of the product that an organisation may leave switched off (S88).
public enum Module: String, CaseIterable, Codable, Hashable, Sendable {
    case knowledge
}
