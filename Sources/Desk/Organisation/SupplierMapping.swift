import JSON

extension Supplier {
    /// What words mean between the desk and a supplier's system: data of each supplier, over the defaults of its
    /// connector.
    public struct Mapping: Hashable, Sendable {
        /// Their words for states, and what they mean here.
        public var states: [String: SupplierState]
        /// Their words for the states that the desk asks for with a message.
        public var told: [SupplierMessage.Kind: String]
        /// Their words for our priorities.
        public var priorities: [Priority: String]
        /// Their words for our categories, by their codes.
        public var categories: [String: String]
        /// The codes of our sites that take what comes from theirs; of all others, under ``everywhere``.
        public var sites: [String: String]
        /// Whether what the supplier writes may be read by the requester.
        public var notes: Visibility
        /// The parts that the desk alone decides: what the supplier says of them is kept and changes nothing.
        public var owned: Set<Part>

        public enum Part: String, CaseIterable, Hashable, Sendable {
            case state
            case priority
        }

        public init(
            states: [String: SupplierState] = [:], told: [SupplierMessage.Kind: String] = [:],
            priorities: [Priority: String] = [:], categories: [String: String] = [:], sites: [String: String] = [:],
            notes: Visibility = .internal, owned: Set<Part> = []
        ) {
            (self.states, self.told, self.priorities) = (states, told, priorities)
            (self.categories, self.sites) = (categories, sites)
            (self.notes, self.owned) = (notes, owned)
        }

        /// What a state of theirs means here; nil where nobody has said so.
        public func state(_ word: String) -> SupplierState? {
            states[word] ?? states.first { $0.key.lowercased() == word.lowercased() }?.value
        }

        /// Stands in `sites` for every site of theirs that is not named there.
        public static let everywhere = "*"

        /// The code of our site that takes what comes from one of theirs; nil where nobody has said so.
        public func site(_ word: String?) -> String? { word.flatMap { sites[$0] } ?? sites[Self.everywhere] }

        /// The codes of our categories that a word of theirs may mean, the likeliest first.
        public func categories(_ word: String) -> [String] {
            categories.filter { $0.value == word }.map(\.key).sorted() + [word]
        }
    }
}

extension Supplier.Mapping {
    /// The states of TMF621 and MEF 124, which webhooks of ours use as well.
    public static let troubleTicket = Supplier.Mapping(states: [
        "acknowledged": .acknowledged, "inProgress": .inProgress, "pending": .waitingForUs, "held": .inProgress,
        "resolved": .resolved, "closed": .resolved, "rejected": .rejected, "cancelled": .rejected,
        "reopened": .inProgress, "assessingCancellation": .inProgress,
    ])

    /// What is written of it in the document, over the defaults.
    static func form(
        over defaults: Supplier.Mapping, category: JSONForm<String>, site: JSONForm<String>
    ) -> JSONForm<Supplier.Mapping> {
        .object { reader in
            let word = JSONForm<String>.line(length: 1...100)
            let states = reader.optional("states", .members(names: word, values: .word(SupplierState.self)))
            let told = reader.optional(
                "told", .members(names: .word(SupplierMessage.Kind.self), values: word))
            let priorities = reader.optional("priorities", .members(names: priority, values: word))
            let categories = reader.optional("categories", .members(names: category, values: word))
            let sites = reader.optional("sites", .members(names: word, values: site))
            let notes = reader.optional("notes", JSONForm<Visibility>.word())
            let owned = reader.optional("ours", JSONForm<[Part]>.list(of: .word()))
            var mapping = defaults
            for (theirs, state) in states ?? [] { mapping.states[theirs] = state }
            for (kind, theirs) in told ?? [] { mapping.told[kind] = theirs }
            for (priority, theirs) in priorities ?? [] { mapping.priorities[priority] = theirs }
            for (code, theirs) in categories ?? [] { mapping.categories[code] = theirs }
            for (theirs, ours) in sites ?? [] { mapping.sites[theirs] = ours }
            mapping.notes = notes ?? mapping.notes
            mapping.owned = owned.map { Set($0) } ?? mapping.owned
            return mapping
        }
    }
}

extension Supplier.Mapping {
    private static var priority: JSONForm<Priority> {
        JSONForm<String>.line(length: 1...8).checked("must be a priority from 1 to 5", pattern: "^[1-5]$") { text in
            Int(text).flatMap { Priority(rawValue: $0) }
        }
    }

    /// What differs from the defaults, as it is written; nil where nothing does.
    func json(over defaults: Supplier.Mapping) -> JSON? {
        var object = JSONObject()
        object["states"] = Self.json(states, over: defaults.states) {
            $0
        } value: {
            $0.rawValue
        }
        object["told"] = Self.json(told, over: defaults.told) {
            $0.rawValue
        } value: {
            $0
        }
        object["priorities"] = Self.json(priorities, over: defaults.priorities) {
            "\($0.rawValue)"
        } value: {
            $0
        }
        object["categories"] = Self.json(categories, over: defaults.categories) {
            $0
        } value: {
            $0
        }
        object["sites"] = Self.json(sites, over: defaults.sites) {
            $0
        } value: {
            $0
        }
        if notes != defaults.notes { object["notes"] = notes.rawValue.json }
        if owned != defaults.owned { object["ours"] = owned.map(\.rawValue).sorted().json }
        return object.isEmpty ? nil : .object(object)
    }

    private static func json<Key: Hashable, Value: Equatable>(
        _ words: [Key: Value], over defaults: [Key: Value], name: (Key) -> String, value: (Value) -> String
    ) -> JSON? {
        let own = words.filter { defaults[$0.key] != $0.value }.map { (name($0.key), JSON.string(value($0.value))) }
        return own.isEmpty ? nil : .object(JSONObject(own.sorted { $0.0 < $1.0 }))
    }
}
