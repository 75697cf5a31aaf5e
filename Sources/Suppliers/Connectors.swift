import Desk

/// Which connector serves which supplier.
struct Connectors: Sendable {
    /// Nil where this program cannot serve the supplier's way of exchanging tickets.
    func connector(of supplier: Supplier) -> (any Connector)? {
        switch supplier.connector {
        case .webhook(let terms): WebhookConnector(terms: terms)
        case .portal: PortalConnector()
        case .email(let terms): EmailConnector(terms: terms)
        }
    }
}
