/// Which events a listener wants: the member `query` of what it registers with (TMF630, MEF 124).
///
/// `eventType=a,b` and `eventType=a&eventType=b` are both in use; without a query all events are wanted.
public struct HubQuery: Hashable, Sendable {
    /// Nil for all.
    public let kinds: Set<TroubleTicketEvent.Kind>?

    /// - Throws: ``TroubleTicketError`` 400 for what names no kind of event, or asks for anything beside it.
    public init(_ text: String) throws(TroubleTicketError) {
        let parts = text.split(separator: "&")
        guard !parts.isEmpty else {
            kinds = nil
            return
        }
        var kinds: Set<TroubleTicketEvent.Kind> = []
        for part in parts {
            let halves = part.split(separator: "=", maxSplits: 1)
            guard halves.count == 2, halves[0] == "eventType" else {
                throw Self.refusal("The query knows eventType alone, as in eventType=TroubleTicketStatusChangeEvent.")
            }
            for name in halves[1].split(separator: ",") {
                guard let kind = TroubleTicketEvent.Kind(named: String(name)) else {
                    let known = TroubleTicketEvent.Kind.allCases.map(\.eventType).joined(separator: ", ")
                    throw Self.refusal("There is no event \(name.prefix(100)). There are \(known).")
                }
                kinds.insert(kind)
            }
        }
        self.kinds = kinds
    }

    public func wants(_ kind: TroubleTicketEvent.Kind) -> Bool { kinds?.contains(kind) ?? true }

    private static func refusal(_ reason: String) -> TroubleTicketError {
        TroubleTicketError(status: 400, code: "invalidQuery", reason: reason)
    }
}
