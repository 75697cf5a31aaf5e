extension Ticket {
    /// Who did something to a ticket.
    public enum Actor: Hashable, Sendable {
        case person(PersonID)
        case supplier(SupplierID)
        /// One of our own programs, by a rule or by the hour.
        case program
        /// A machine with an API token.
        case token(AccessTokenID)

        public enum Kind: String, CaseIterable, Codable, Hashable, Sendable {
            case person
            case supplier
            case program
            case token
        }

        public var kind: Kind {
            switch self {
            case .person: .person
            case .supplier: .supplier
            case .program: .program
            case .token: .token
            }
        }

        /// The key of who it was; a program has none.
        public var identifier: Int64? {
            switch self {
            case .person(let id): id.rawValue
            case .supplier(let id): id.rawValue
            case .program: nil
            case .token(let id): id.rawValue
            }
        }

        /// The person, where it was one.
        public var person: PersonID? { if case .person(let person) = self { person } else { nil } }

        /// The actor as two columns keep it; nil where they do not belong together.
        public init?(kind: Kind, identifier: Int64?) {
            switch (kind, identifier) {
            case (.person, let id?): self = .person(PersonID(id))
            case (.supplier, let id?): self = .supplier(SupplierID(id))
            case (.token, let id?): self = .token(AccessTokenID(id))
            case (.program, nil): self = .program
            case (.person, nil), (.supplier, nil), (.token, nil), (.program, _?): return nil
            }
        }
    }
}
