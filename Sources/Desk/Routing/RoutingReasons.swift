import JSON

/// Why the routing table put a ticket where it is, as the event keeps it: rules, the facts that they found, and what
/// the choice of the team rested on. A fact names what the rule asks for, never what a person wrote.
public struct RoutingReasons: Hashable, Sendable {
    /// The rules that had a say, in order.
    public var steps: [RoutingDecision.Step]
    /// The version of the organisation document in which they stood.
    public var version: Int64?
    /// What the choice of the team rested on; nil where nobody wrote it down.
    public var choice: Choice?
    /// How the person was chosen; nil where the ticket waits in the team's queue.
    public var assignment: Team.Assignment?
    /// Whether somebody asked for it once more, as after a table was mended.
    public var isAgain: Bool

    /// What was so about the team at the instant of the decision.
    public struct Choice: Hashable, Sendable {
        public var isOpen: Bool
        /// Whether it had as many open tickets as it takes.
        public var isFull: Bool
        /// Whether somebody of it was there; nil where nobody looked, since there was no other team.
        public var isStaffed: Bool?
        /// How many open tickets it had to each hundred that it takes; nil where it takes any number, or nobody looked.
        public var load: Int?
        /// Whether it speaks the requester's language.
        public var speaks: Bool
        /// How many teams there were to choose from.
        public var candidates: Int

        public init(
            isOpen: Bool, isFull: Bool = false, isStaffed: Bool? = nil, load: Int? = nil, speaks: Bool, candidates: Int
        ) {
            (self.isOpen, self.isFull, self.speaks, self.candidates) = (isOpen, isFull, speaks, candidates)
            (self.isStaffed, self.load) = (isStaffed, load)
        }
    }

    public init(
        steps: [RoutingDecision.Step] = [], version: Int64? = nil, choice: Choice? = nil,
        assignment: Team.Assignment? = nil, isAgain: Bool = false
    ) {
        (self.steps, self.version, self.choice) = (steps, version, choice)
        (self.assignment, self.isAgain) = (assignment, isAgain)
    }
}

extension RoutingReasons {
    func write(to object: inout JSONObject) {
        if !steps.isEmpty { object["steps"] = .array(steps.map(\.json)) }
        object["version"] = version.map { Int($0).json }
        object["choice"] = choice?.json
        object["assignment"] = assignment?.rawValue.json
        if isAgain { object["again"] = true }
    }

    static func read(from reader: inout JSONReader) -> RoutingReasons? {
        let steps = reader.optional("steps", .list(of: RoutingDecision.Step.form))
        let version = reader.optional("version", .integer(0...Int.max))
        let choice = reader.optional("choice", Choice.form)
        let assignment: Team.Assignment? = reader.optional("assignment", .word())
        let isAgain = reader.optional("again", .boolean) ?? false
        return RoutingReasons(
            steps: steps ?? [], version: version.map(Int64.init), choice: choice, assignment: assignment,
            isAgain: isAgain)
    }
}

extension RoutingReasons.Choice {
    var json: JSON {
        var object = JSONObject([
            ("open", isOpen.json), ("full", isFull.json), ("speaks", speaks.json), ("candidates", candidates.json),
        ])
        object["staffed"] = isStaffed?.json
        object["load"] = load?.json
        return .object(object)
    }

    static var form: JSONForm<Self> {
        .object { reader in
            let (isOpen, isFull) = (reader.required("open", .boolean), reader.required("full", .boolean))
            let speaks = reader.required("speaks", .boolean)
            let candidates = reader.required("candidates", .integer(0...Int.max))
            let (isStaffed, load) = (reader.optional("staffed", .boolean), reader.optional("load", .integer(0...100)))
            guard let isOpen, let isFull, let speaks, let candidates else { return nil }
            return Self(
                isOpen: isOpen, isFull: isFull, isStaffed: isStaffed, load: load, speaks: speaks, candidates: candidates
            )
        }
    }
}

extension RoutingDecision.Step {
    var json: JSON {
        .object(["rule": rule, "facts": JSON.array(facts.map(\.json)), "decided": JSON.array(decided.map(\.json))])
    }

    static var form: JSONForm<Self> {
        .object { reader in
            let rule = reader.required("rule", .line())
            let facts = reader.required("facts", .list(of: RoutingFinding.form))
            let decided = reader.required("decided", .list(of: RoutingFinding.form))
            guard let rule, let facts, let decided else { return nil }
            return Self(rule: rule, facts: facts, decided: decided)
        }
    }
}
