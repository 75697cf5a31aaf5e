import JSON

/// How an organisation wants tickets to end, and when they may begin again.
public struct ProcessRules: Hashable, Sendable {
    /// After how many days without a word a resolved ticket is closed; nil where a person closes it.
    public var closesAfterDays: Int?
    /// For how many days after its closing an answer reopens a ticket; a later one opens a follow-up. Nil for ever.
    public var reopensWithinDays: Int?
    /// Within how much working time of a team, in seconds, it is promised that the team contacts a requester.
    public var callsBackWithin: Int64
    /// The kinds of tickets that go back into the queue when whoever works on them is absent; nil for all. Who is sick
    /// keeps none.
    public var releasesWhenAbsent: [Ticket.Kind]?

    /// How many mails of one sender are taken within an hour; what is more is parked until somebody has looked at it.
    public var mailsPerSender: Int

    /// How many new tickets of one mail domain are acknowledged within an hour; what is more is taken and not answered.
    public var acknowledgementsPerDomain: Int

    public static let usualCallBack: Int64 = 2 * 3600
    public static let usualMailsPerSender = 60
    public static let usualAcknowledgementsPerDomain = 200

    public init(
        closesAfterDays: Int? = nil, reopensWithinDays: Int? = nil, callsBackWithin: Int64 = usualCallBack,
        releasesWhenAbsent: [Ticket.Kind]? = nil, mailsPerSender: Int = usualMailsPerSender,
        acknowledgementsPerDomain: Int = usualAcknowledgementsPerDomain
    ) {
        (self.mailsPerSender, self.acknowledgementsPerDomain) = (mailsPerSender, acknowledgementsPerDomain)
        (self.closesAfterDays, self.reopensWithinDays) = (closesAfterDays, reopensWithinDays)
        (self.callsBackWithin, self.releasesWhenAbsent) = (callsBackWithin, releasesWhenAbsent)
    }
}

extension ProcessRules {
    static var form: JSONForm<ProcessRules> {
        .object { reader in
            ProcessRules(
                closesAfterDays: reader.optional("closes_after_days", .integer(1...365)),
                reopensWithinDays: reader.optional("reopens_within_days", .integer(0...3650)),
                callsBackWithin: reader.optional("calls_back_within", WorkingTime.form) ?? usualCallBack,
                releasesWhenAbsent: reader.optional("releases_when_absent", .list(of: .word(), count: 0...5)),
                mailsPerSender: reader.optional("mails_per_sender", .integer(1...100_000)) ?? usualMailsPerSender,
                acknowledgementsPerDomain: reader.optional("acknowledgements_per_domain", .integer(0...100_000))
                    ?? usualAcknowledgementsPerDomain)
        }
    }

    var json: JSON {
        var object = JSONObject()
        object["closes_after_days"] = closesAfterDays?.json
        object["reopens_within_days"] = reopensWithinDays?.json
        if callsBackWithin != Self.usualCallBack {
            object["calls_back_within"] = WorkingTime.text(callsBackWithin).json
        }
        object["releases_when_absent"] = releasesWhenAbsent.map { $0.map(\.rawValue).json }
        if mailsPerSender != Self.usualMailsPerSender { object["mails_per_sender"] = mailsPerSender.json }
        if acknowledgementsPerDomain != Self.usualAcknowledgementsPerDomain {
            object["acknowledgements_per_domain"] = acknowledgementsPerDomain.json
        }
        return .object(object)
    }
}
