public import Foundation

/// By what one side means an exchange of both.
public enum ExchangeKey: Hashable, Sendable {
    /// The identity that the desk gave it.
    case id(UUID)
    /// What the supplier's system knows its ticket by, and people seldom see: `sys_id`, an issue's id.
    case remote(String)
    /// The number that the supplier's people use.
    case reference(String)
}

extension ExchangeKey: CustomStringConvertible {
    public var description: String {
        switch self {
        case .id(let id): id.uuidString.lowercased()
        case .remote(let text), .reference(let text): text
        }
    }
}
