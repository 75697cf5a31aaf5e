import JSON

extension Supplier {
    /// The way in which we exchange tickets with a supplier.
    public enum Connector: Hashable, Sendable {
        case webhook(Webhook)
        case portal(Portal)
        case tmf621(TroubleTickets)
        case servicenow(ServiceNow)
        case email(Email)
        case jira(Jira)
        case sister(Sister)

        public var terms: any ConnectorTerms {
            switch self {
            case .webhook(let terms): terms
            case .portal(let terms): terms
            case .tmf621(let terms): terms
            case .servicenow(let terms): terms
            case .email(let terms): terms
            case .jira(let terms): terms
            case .sister(let terms): terms
            }
        }

        /// Every way there is.
        static var kinds: [Kind] {
            [
                Kind { Connector.webhook($0) },
                Kind { Connector.portal($0) },
                Kind { Connector.tmf621($0) },
                Kind { Connector.servicenow($0) },
                Kind { Connector.email($0) },
                Kind { Connector.jira($0) },
                Kind { Connector.sister($0) },
            ]
        }
    }
}

extension Supplier.Connector {
    /// One way, before its terms are read.
    struct Kind {
        let word: String
        let read: (inout JSONReader) -> Supplier.Connector?

        init<Terms: ConnectorTerms>(_ connector: @escaping (Terms) -> Supplier.Connector) {
            word = Terms.word
            read = { reader in Terms(&reader).map(connector) }
        }
    }

    /// The word that stands for it in the organisation document.
    public var word: String { type(of: terms).word }

    /// How signed events are exchanged with it; nil where they are not.
    public var webhook: Supplier.Webhook? {
        switch self {
        case .webhook(let terms): terms
        case .sister(let terms): terms.webhook
        case .portal, .tmf621, .servicenow, .email, .jira: nil
        }
    }

    /// Whether what the supplier is told leaves as a letter.
    var isMail: Bool { if case .email = self { true } else { false } }

    /// What words mean where the document says nothing else.
    var mapping: Supplier.Mapping { type(of: terms).mapping }
}
