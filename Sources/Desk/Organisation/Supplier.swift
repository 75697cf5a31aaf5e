/// A party outside the organisation that takes tickets of the last line.
public struct Supplier: Hashable, Sendable {
    public var code: String
    public var name: String
    public var connector: Connector
    /// The codes of the categories it is for; empty for all.
    public var categories: [String]
    /// The codes of the sites whose tickets it is for; empty for all.
    public var sites: [String]
    /// What may leave to it; everything else stays.
    public var fields: [Field]
    /// Whether an agent is shown what leaves before he sends it.
    public var preview: Preview
    /// What words mean between the desk and the supplier.
    public var mapping: Mapping
    /// Whom to write to when its system does not answer.
    public var contact: String
    /// What the contract promises, if there is one.
    public var contract: Contract?

    public enum Preview: String, CaseIterable, Hashable, Sendable {
        case always
        case never
    }

    /// A part of a ticket that a supplier may be shown.
    public enum Field: String, CaseIterable, Hashable, Sendable {
        case subject
        case kind
        case category
        case impact
        case urgency
        case priority
        case site
        case requesterName = "requester_name"
        case requesterEmail = "requester_email"
        /// What the requester wrote first.
        case description
        /// The note with which the desk referred the ticket or answered.
        case note
        /// What the desk and the requester write to one another while the supplier has the ticket.
        case message
        /// The files that came with those of these words that it is shown.
        case files
        /// What these files are called; the name of a file can say more than the file.
        case fileNames = "file_names"
        /// What stands quoted in these words, such as the earlier mails below an answer.
        case quotations
    }

    public init(
        code: String, name: String, connector: Connector, categories: [String] = [], sites: [String] = [],
        fields: [Field] = [],
        preview: Preview = .always, mapping: Mapping? = nil, contact: String, contract: Contract? = nil
    ) {
        self.code = code
        self.name = name
        self.connector = connector
        self.categories = categories
        self.sites = sites
        self.fields = fields
        self.preview = preview
        self.mapping = mapping ?? connector.mapping
        self.contact = contact
        self.contract = contract
    }
}

extension Supplier {
    /// Whether a message is for it: one that could tell it nothing of what it may see is not written.
    public func hears(_ message: SupplierMessage) -> Bool {
        switch connector {
        // Who only reads mail would get one for each word; its own mails are what it is told by.
        case .email where [.note, .change, .closure].contains(message.kind): return false
        // The portal shows what is; a mail for each change of it tells nobody anything.
        case .portal where [.change, .closure].contains(message.kind): return false
        default: break
        }
        return switch message {
        case .note: fields.contains(.message)
        case .change: !Set(fields).isDisjoint(with: [.priority, .impact, .urgency])
        case .escalation(let mark): contract?.step(at: mark.percent) != nil
        case .referral, .answer, .withdrawal, .question, .reopening, .closure: true
        }
    }

    /// What its contract promises of a measure: the target where the document names none.
    ///
    /// - Parameter isAcknowledged: whether the supplier has said that it has the ticket.
    public func target(of measure: Measure, isAcknowledged: Bool = true) -> Target? {
        guard let contract else { return nil }
        let isToBegin = measure == .supplierResolution && contract.resolvesFrom == .acknowledgement
        if isToBegin, !isAcknowledged { return nil }
        let policy = contract.calendar.map { Target.CalendarPolicy.agreement($0) } ?? .holder
        let within: Int64
        switch measure {
        case .supplierAcknowledgement: within = contract.acknowledgesWithin
        case .supplierResolution: within = contract.resolvesWithin
        case .firstResponse, .resolution, .update, .timeBox, .team, .callback, .question: return nil
        }
        return Target(
            name: name, measure: measure, seconds: within, calendar: policy, escalations: contract.escalations)
    }
}
