import Desk
import DeskSuppliers
import JSON

/// A message that is ready to be carried over.
enum Parcel: Sendable {
    /// For a supplier that has a ticket of ours.
    case told(Outgoing)
    /// For a desk that gave us one of its tickets.
    case reported(OutgoingReport)

    var id: String {
        switch self {
        case .told(let message): message.id
        case .reported(let report): report.id
        }
    }

    /// The priority that the other side is told of.
    var priority: Int? {
        guard case .told(let message) = self else { return nil }
        return message.disclosure[.priority]?.integer.map { Int($0) }
    }

    func carry(by connector: any Connector, over wire: Wire) async throws(Setback) -> Delivered {
        switch self {
        case .told(let message): return try await connector.deliver(message, over: wire)
        case .reported(let report):
            try await connector.report(report, over: wire)
            return Delivered()
        }
    }
}
