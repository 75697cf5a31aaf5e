public import Foundation
public import JSON

/// What a supplier tells the desk in one event.
public struct SupplierStatement: EventPayload {
    /// The identity that the desk gave the exchange.
    public let exchange: UUID
    public let content: Content

    public enum Content: Hashable, Sendable {
        /// The supplier has the ticket, under a number of its own.
        case acknowledged(reference: String)
        case noted(String)
        case asked(String)
        case resolved(String?)
        /// The supplier gives the ticket back without a solution.
        case returned(String?)
    }

    public init(exchange: UUID, _ content: Content) {
        (self.exchange, self.content) = (exchange, content)
    }

    private static let acknowledged = "com.meridian.ticket.acknowledged.v1"
    private static let noted = "com.meridian.ticket.noted.v1"
    private static let asked = "com.meridian.ticket.asked.v1"
    private static let resolved = "com.meridian.ticket.resolved.v1"
    private static let returned = "com.meridian.ticket.returned.v1"

    public static let types = [acknowledged, noted, asked, resolved, returned]

    public var type: String {
        switch content {
        case .acknowledged: Self.acknowledged
        case .noted: Self.noted
        case .asked: Self.asked
        case .resolved: Self.resolved
        case .returned: Self.returned
        }
    }

    public var data: JSON {
        var members = JSONObject([("exchange", exchange.json)])
        if case .acknowledged(let reference) = content { members["reference"] = reference.json }
        members["text"] = text?.json
        return .object(members)
    }

    /// What the supplier wrote.
    public var text: String? {
        switch content {
        case .acknowledged: nil
        case .noted(let text), .asked(let text): text
        case .resolved(let text), .returned(let text): text
        }
    }

    public static func form(of type: String) -> JSONForm<SupplierStatement> {
        .object { reader in
            let exchange = reader.required("exchange", .uuid)
            guard let content = content(of: type, &reader), let exchange else { return nil }
            return SupplierStatement(exchange: exchange, content)
        }
    }

    private static func content(of type: String, _ reader: inout JSONReader) -> Content? {
        let text = JSONForm<String>.text(length: 1...20_000)
        switch type {
        case acknowledged:
            return reader.required("reference", .line(length: 1...100)).map { .acknowledged(reference: $0) }
        case noted: return reader.required("text", text).map { .noted($0) }
        case asked: return reader.required("text", text).map { .asked($0) }
        case resolved: return .resolved(reader.optional("text", text))
        case returned: return .returned(reader.optional("text", text))
        default: return nil
        }
    }
}
