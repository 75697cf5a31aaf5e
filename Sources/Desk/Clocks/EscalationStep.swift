import JSON

/// How far up a missed target is carried once a part of its time is used up (hierarchical escalation).
public struct EscalationStep: Hashable, Sendable {
    /// 100 where all of the time is used up, 150 where half of it has gone by once more; 1 ... 1000.
    public let percent: Int
    public let level: EscalationLevel

    public init(percent: Int, level: EscalationLevel) { (self.percent, self.level) = (percent, level) }
}

extension EscalationStep {
    static func form() -> JSONForm<[EscalationStep]> {
        let step = JSONForm<EscalationStep>.object { reader in
            let percent = reader.required("percent", .integer(1...1000))
            let level: EscalationLevel? = reader.required("to", .word())
            guard let percent, let level else { return nil }
            return EscalationStep(percent: percent, level: level)
        }
        return JSONForm<[EscalationStep]>.list(of: step, count: 0...3)
            .checked("must go up: each step later than the one before it, and to a higher level") { steps in
                zip(steps, steps.dropFirst()).allSatisfy { $0.percent < $1.percent && $0.level < $1.level }
                    ? steps : nil
            }
    }

    var json: JSON { .object(["percent": percent, "to": level.rawValue]) }
}

extension Target {
    /// A promise that somebody is contacted is one person's word: nobody else hears that it lapsed, unless it is
    /// carried up.
    public static func usualEscalations(of measure: Measure) -> [EscalationStep] {
        switch measure {
        case .callback:
            [
                EscalationStep(percent: 100, level: .lead), EscalationStep(percent: 200, level: .site),
                EscalationStep(percent: 400, level: .organisation),
            ]
        case .firstResponse, .resolution, .update, .timeBox, .team, .supplierAcknowledgement, .supplierResolution,
            .question:
            []
        }
    }
}
