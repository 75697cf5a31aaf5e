import Desk

/// Which connector serves which supplier.
struct Connectors: Sendable {
    private let find: @Sendable (Supplier) -> (any Connector)?

    init(_ find: @escaping @Sendable (Supplier) -> (any Connector)? = Self.known) { self.find = find }

    /// Nil where this program cannot serve the supplier's way of exchanging tickets.
    func connector(of supplier: Supplier) -> (any Connector)? { find(supplier) }

    @Sendable private static func known(_ supplier: Supplier) -> (any Connector)? {
        let mapping = supplier.mapping
        return switch supplier.connector {
        case .webhook(let terms): WebhookConnector(terms: terms)
        case .portal: PortalConnector()
        case .email(let terms): EmailConnector(terms: terms)
        case .tmf621(let terms): TroubleTicketConnector(terms: terms, mapping: mapping)
        case .servicenow(let terms):
            ServiceNowConnector(supplier: supplier.code, terms: terms, mapping: mapping)
        case .jira(let terms): JiraConnector(terms: terms, mapping: mapping)
        case .sister(let terms): SisterConnector(terms: terms)
        }
    }
}
