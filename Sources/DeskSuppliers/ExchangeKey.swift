public import Foundation
import JSON

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

extension JSONObject {
    /// Says which exchange something belongs to that is kept until it is read.
    mutating func name(_ exchange: ExchangeKey) {
        self["exchange"] = exchange.description.json
        if case .remote = exchange { self["by"] = "remote" }
    }
}

extension JSON {
    /// The exchange that something belongs to, as it was kept; nil where that is none.
    var exchangeKey: ExchangeKey? {
        guard let exchange = self["exchange"]?.string else { return nil }
        return self["by"] == "remote" ? .remote(exchange) : UUID(uuidString: exchange).map { .id($0) }
    }
}
