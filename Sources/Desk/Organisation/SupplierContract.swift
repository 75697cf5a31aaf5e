import JSON

extension Supplier {
    /// An underpinning contract, in seconds of working time.
    public struct Contract: Hashable, Sendable {
        public var acknowledgesWithin: Int64
        public var resolvesWithin: Int64
        /// From when that is counted.
        public var resolvesFrom: Start
        /// The code of the calendar that counts; nil for that of the team which answers for the ticket.
        public var calendar: String?
        /// How far up on the desk's side it is carried when the time is used up, in order.
        public var escalations: [EscalationStep]
        /// What the supplier is told when, in order: escalation on its side.
        public var steps: [Step]

        /// With what the time begins within which a supplier solves.
        public enum Start: String, CaseIterable, Hashable, Sendable {
            case referral
            case acknowledgement
        }

        /// What both sides have agreed that the supplier is told once a part of its time is used up.
        public struct Step: Hashable, Sendable {
            /// 100 where all of the time is used up; 1 ... 1000.
            public var percent: Int
            /// In which words; the desk's own ones if nil.
            public var text: String?
            /// The urgency that is told from then on in place of the ticket's, as far as the supplier is told any.
            public var urgency: Urgency?
            /// Who reads it there, where the supplier reads mail; its usual address if nil.
            public var address: String?

            public init(percent: Int, text: String? = nil, urgency: Urgency? = nil, address: String? = nil) {
                (self.percent, self.text, self.urgency, self.address) = (percent, text, urgency, address)
            }
        }

        public init(
            acknowledgesWithin: Int64, resolvesWithin: Int64, resolvesFrom: Start = .referral, calendar: String? = nil,
            escalations: [EscalationStep] = [], steps: [Step] = []
        ) {
            (self.acknowledgesWithin, self.resolvesWithin) = (acknowledgesWithin, resolvesWithin)
            (self.resolvesFrom, self.calendar) = (resolvesFrom, calendar)
            (self.escalations, self.steps) = (escalations, steps)
        }

        /// What the supplier is told at a part of its time, if anything.
        public func step(at percent: Int) -> Step? { steps.first { $0.percent == percent } }
    }
}

extension Supplier.Contract {
    static func form(_ references: References) -> JSONForm<Supplier.Contract> {
        .object { reader in
            let acknowledgement = reader.required("acknowledges_within", WorkingTime.form)
            let solution = reader.required("resolves_within", WorkingTime.form)
            let start = reader.optional("resolves_from", JSONForm<Start>.word())
            let calendar = reader.optional("calendar", references.mentioning(.calendar))
            let escalations = reader.optional("escalate", EscalationStep.form())
            let steps = reader.optional("escalate_there", stepsForm)
            guard let acknowledgement, let solution else { return nil }
            return Supplier.Contract(
                acknowledgesWithin: acknowledgement, resolvesWithin: solution, resolvesFrom: start ?? .referral,
                calendar: calendar, escalations: escalations ?? [], steps: steps ?? [])
        }
    }

    private static var stepsForm: JSONForm<[Step]> {
        let step = JSONForm<Step>.object { reader in
            let percent = reader.required("percent", .integer(1...1000))
            let text = reader.optional("text", .text(length: 1...2000))
            let urgency: Urgency? = reader.optional("urgency", .grade())
            let address = reader.optional("address", .address)
            return percent.map { Step(percent: $0, text: text, urgency: urgency, address: address) }
        }
        return JSONForm<[Step]>.list(of: step, count: 0...9)
            .checked("must go up: each step later than the one before it") { steps in
                zip(steps, steps.dropFirst()).allSatisfy { $0.percent < $1.percent } ? steps : nil
            }
    }

    var json: JSON {
        var object = JSONObject([
            ("acknowledges_within", WorkingTime.text(acknowledgesWithin).json),
            ("resolves_within", WorkingTime.text(resolvesWithin).json),
        ])
        if resolvesFrom != .referral { object["resolves_from"] = resolvesFrom.rawValue.json }
        object["calendar"] = calendar?.json
        if !escalations.isEmpty { object["escalate"] = escalations.map(\.json).json }
        if !steps.isEmpty { object["escalate_there"] = steps.map(\.json).json }
        return .object(object)
    }
}

extension Supplier.Contract.Step {
    fileprivate var json: JSON {
        var object = JSONObject([("percent", percent.json)])
        object["text"] = text?.json
        object["urgency"] = urgency?.rawValue.json
        object["address"] = address?.json
        return .object(object)
    }
}
