import JSON

/// How an organisation wants tickets to end, and when they may begin again.
public struct ProcessRules: Hashable, Sendable {
    /// After how many days without a word a resolved ticket is closed; nil where a person closes it.
    public var closesAfterDays: Int?
    /// For how many days after its closing an answer reopens a ticket; a later one opens a follow-up. Nil for ever.
    public var reopensWithinDays: Int?
    /// Within how much working time of a team, in seconds, it is promised that the team contacts a requester.
    public var callsBackWithin: Int64

    public static let usualCallBack: Int64 = 2 * 3600

    public init(closesAfterDays: Int? = nil, reopensWithinDays: Int? = nil, callsBackWithin: Int64 = usualCallBack) {
        (self.closesAfterDays, self.reopensWithinDays) = (closesAfterDays, reopensWithinDays)
        self.callsBackWithin = callsBackWithin
    }
}

extension ProcessRules {
    static var form: JSONForm<ProcessRules> {
        .object { reader in
            ProcessRules(
                closesAfterDays: reader.optional("closes_after_days", .integer(1...365)),
                reopensWithinDays: reader.optional("reopens_within_days", .integer(0...3650)),
                callsBackWithin: reader.optional("calls_back_within", WorkingTime.form) ?? usualCallBack)
        }
    }

    var json: JSON {
        var object = JSONObject()
        object["closes_after_days"] = closesAfterDays?.json
        object["reopens_within_days"] = reopensWithinDays?.json
        if callsBackWithin != Self.usualCallBack {
            object["calls_back_within"] = WorkingTime.text(callsBackWithin).json
        }
        return .object(object)
    }
}
