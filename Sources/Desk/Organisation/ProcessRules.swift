import JSON

/// How an organisation wants tickets to end, and when they may begin again.
public struct ProcessRules: Hashable, Sendable {
    /// After how many days without a word a resolved ticket is closed; nil where a person closes it.
    public var closesAfterDays: Int?
    /// For how many days after its closing an answer reopens a ticket; a later one opens a follow-up. Nil for ever.
    public var reopensWithinDays: Int?

    public init(closesAfterDays: Int? = nil, reopensWithinDays: Int? = nil) {
        (self.closesAfterDays, self.reopensWithinDays) = (closesAfterDays, reopensWithinDays)
    }
}

extension ProcessRules {
    static var form: JSONForm<ProcessRules> {
        .object { reader in
            ProcessRules(
                closesAfterDays: reader.optional("closes_after_days", .integer(1...365)),
                reopensWithinDays: reader.optional("reopens_within_days", .integer(0...3650)))
        }
    }

    var json: JSON {
        var object = JSONObject()
        object["closes_after_days"] = closesAfterDays?.json
        object["reopens_within_days"] = reopensWithinDays?.json
        return .object(object)
    }
}
