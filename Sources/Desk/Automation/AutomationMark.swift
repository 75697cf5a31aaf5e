public import JSON

/// What a rule or a macro was run for, as the event keeps it. A fact names what the rule asks for, never what a person
/// wrote.
public struct AutomationMark: Hashable, Sendable {
    public var source: Source
    /// The event at which the rule was asked; nil for a rule that waited, and for a macro.
    public var trigger: Ticket.Event.Kind?
    public var facts: [RoutingFinding]
    /// The version of the organisation document in which the rule or the macro stood.
    public var version: Int64
    /// The rules that led here, the first one first.
    public var chain: [String]

    /// What was run.
    public enum Source: Hashable, Sendable {
        case rule(String)
        case macro(String)

        public var name: String {
            switch self {
            case .rule(let name), .macro(let name): name
            }
        }
    }

    public init(
        _ source: Source, at trigger: Ticket.Event.Kind? = nil, facts: [RoutingFinding] = [], version: Int64,
        chain: [String] = []
    ) {
        (self.source, self.trigger, self.facts) = (source, trigger, facts)
        (self.version, self.chain) = (version, chain)
    }
}

/// A rule that would have done something and did not.
public struct AutomationStop: Hashable, Sendable {
    public var rule: String
    public var reason: Reason
    /// The rules that led here, the first one first.
    public var chain: [String]
    /// What was not possible, where that is why.
    public var faults: [StepFault]

    /// Why a rule is stopped.
    public enum Reason: String, CaseIterable, Codable, Hashable, Sendable {
        /// It is on the chain already: it would feed itself.
        case goesInCircles = "goes_in_circles"
        /// As many rules as may follow from one event have run.
        case tooLong = "too_long"
        /// One of its actions is not possible.
        case refused
    }

    public init(rule: String, reason: Reason, chain: [String], faults: [StepFault] = []) {
        (self.rule, self.reason, self.chain, self.faults) = (rule, reason, chain, faults)
    }
}

/// An action of a rule or a macro that is not possible.
public struct StepFault: Hashable, Sendable {
    /// Its place, from 1.
    public var step: Int
    public var action: String
    public var reason: Refusal.Reason

    public init(step: Int, action: String, reason: Refusal.Reason) {
        (self.step, self.action, self.reason) = (step, action, reason)
    }
}

/// Whom a rule tells of a ticket.
public enum ToldParty: Hashable, Sendable {
    case position(PositionID)
    case team(TeamID)
    case level(EscalationLevel)
}

extension AutomationMark {
    func write(to object: inout JSONObject) {
        switch source {
        case .rule(let name): object["rule"] = name.json
        case .macro(let code): object["macro"] = code.json
        }
        object["on"] = trigger?.rawValue.json
        if !facts.isEmpty { object["facts"] = .array(facts.map(\.json)) }
        object["version"] = Int(version).json
        if !chain.isEmpty { object["chain"] = chain.json }
    }

    static func read(from reader: inout JSONReader) -> AutomationMark? {
        let rule = reader.optional("rule", .line())
        let macro = reader.optional("macro", .line())
        let trigger: Ticket.Event.Kind? = reader.optional("on", .word())
        let facts = reader.optional("facts", .list(of: RoutingFinding.form))
        let version = reader.required("version", .integer(0...Int.max))
        let chain = reader.optional("chain", .list(of: .line()))
        guard let source = rule.map(Source.rule) ?? macro.map(Source.macro), let version else {
            if rule == nil, macro == nil { reader.fault("rule", "is required") }
            return nil
        }
        return AutomationMark(
            source, at: trigger, facts: facts ?? [], version: Int64(version), chain: chain ?? [])
    }
}

extension AutomationStop {
    func write(to object: inout JSONObject) {
        object["rule"] = rule.json
        object["reason"] = reason.rawValue.json
        if !chain.isEmpty { object["chain"] = chain.json }
        if !faults.isEmpty { object["faults"] = .array(faults.map(\.json)) }
    }

    static func read(from reader: inout JSONReader) -> AutomationStop? {
        let rule = reader.required("rule", .line())
        let reason: Reason? = reader.required("reason", .word())
        let chain = reader.optional("chain", .list(of: .line()))
        let faults = reader.optional("faults", .list(of: StepFault.form))
        guard let rule, let reason else { return nil }
        return AutomationStop(rule: rule, reason: reason, chain: chain ?? [], faults: faults ?? [])
    }
}

extension StepFault: JSONValue {
    public var json: JSON { .object(["step": step, "action": action, "reason": reason.rawValue]) }

    static var form: JSONForm<StepFault> {
        .object { reader in
            let step = reader.required("step", .integer(1...1000))
            let action = reader.required("action", .line())
            let reason: Refusal.Reason? = reader.required("reason", .word())
            guard let step, let action, let reason else { return nil }
            return StepFault(step: step, action: action, reason: reason)
        }
    }
}

extension ToldParty {
    func write(to object: inout JSONObject) {
        switch self {
        case .position(let position): object["position"] = position.json
        case .team(let team): object["team"] = team.json
        case .level(let level): object["level"] = level.rawValue.json
        }
    }

    static func read(from reader: inout JSONReader) -> ToldParty? {
        let position: PositionID? = reader.optional("position", .identifier())
        let team: TeamID? = reader.optional("team", .identifier())
        let level: EscalationLevel? = reader.optional("level", .word())
        return position.map(ToldParty.position) ?? team.map(ToldParty.team) ?? level.map(ToldParty.level)
    }
}
