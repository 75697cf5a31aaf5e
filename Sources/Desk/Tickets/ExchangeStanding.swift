public import JSON
public import Moments

/// How far an exchange is on one side, as two desks tell one another when they compare what they hold of it.
public struct ExchangeStanding: Hashable, Sendable {
    /// The number of the ticket on that side.
    public var reference: String
    public var state: SupplierState
    public var hasEnded: Bool
    /// Whether something that was said there has not left yet.
    public var hasUnsent: Bool
    /// By the clock of that side.
    public var lastSentAt: Moment?
    public var lastHeardAt: Moment?

    public init(
        reference: String, state: SupplierState, hasEnded: Bool, hasUnsent: Bool, lastSentAt: Moment?,
        lastHeardAt: Moment?
    ) {
        (self.reference, self.state) = (reference, state)
        (self.hasEnded, self.hasUnsent) = (hasEnded, hasUnsent)
        (self.lastSentAt, self.lastHeardAt) = (lastSentAt, lastHeardAt)
    }
}

extension ExchangeStanding {
    public var json: JSON {
        .object([
            "reference": reference.json, "state": state.rawValue.json, "ended": hasEnded.json, "unsent": hasUnsent.json,
            "sent_at": lastSentAt?.json ?? .null, "heard_at": lastHeardAt?.json ?? .null,
        ])
    }

    public static var form: JSONForm<ExchangeStanding> {
        .object { reader in
            reader.allowUnknown()
            let reference = reader.required("reference", .line(length: 1...100))
            let state: SupplierState? = reader.required("state", .word())
            let hasEnded = reader.required("ended", .boolean)
            let hasUnsent = reader.required("unsent", .boolean)
            let sentAt = reader.optional("sent_at", JSONForm<Moment>.moment.orNull)
            let heardAt = reader.optional("heard_at", JSONForm<Moment>.moment.orNull)
            guard let reference, let state, let hasEnded, let hasUnsent else { return nil }
            return ExchangeStanding(
                reference: reference, state: state, hasEnded: hasEnded, hasUnsent: hasUnsent,
                lastSentAt: sentAt ?? nil, lastHeardAt: heardAt ?? nil)
        }
    }
}

/// When two sides can be compared, and what the one has to hear that the other did not get across.
extension ExchangeStanding {
    /// How long nothing may have passed: what was just said may still be on its way, or wait to be read.
    static let rest = Duration.seconds(15 * 60)
    /// How far the clocks of two desks are apart at the most, as with webhooks.
    static let skew = Duration.seconds(5 * 60)
    /// After which what was said and has not been heard is lost.
    public static let patience = Duration.seconds(86_400)

    /// Whether all that either side has said is with the other, or lost.
    public func isSettled(with other: ExchangeStanding, at now: Moment) -> Bool {
        !hasUnsent && !other.hasUnsent && isHeard(by: other, at: now) && other.isHeard(by: self, at: now)
    }

    private func isHeard(by other: ExchangeStanding, at now: Moment) -> Bool {
        guard let lastSentAt else { return true }
        let quiet = now.duration(since: lastSentAt)
        if quiet < Self.rest { return false }
        return quiet > Self.patience || other.lastHeardAt.map { $0 + Self.skew >= lastSentAt } ?? false
    }

    /// What the desk that gave the ticket has not heard of the one that works on it; nil where it knows.
    ///
    /// - Parameter worker: how far the one that works on it is.
    public func missed(of worker: ExchangeStanding) -> SupplierState? {
        guard !hasEnded, [.sent, .acknowledged, .inProgress, .waitingForUs].contains(state) else { return nil }
        return switch worker.state {
        case .resolved, .rejected, .withdrawn: worker.state
        case .sent, .acknowledged, .inProgress, .waitingForUs: state == .sent ? .acknowledged : nil
        }
    }

    /// How the desk that gave the ticket has ended it, where the one that works on it has not heard that.
    ///
    /// - Parameter giver: how far the one that gave it is.
    public func missedEnd(of giver: ExchangeStanding) -> SupplierMessage.Kind? {
        guard giver.hasEnded, !hasEnded else { return nil }
        return giver.state == .resolved ? .closure : .withdrawal
    }
}
