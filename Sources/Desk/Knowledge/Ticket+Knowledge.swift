import JSON

extension Ticket {
    /// What a resolution gave to the knowledge of the desk, or why nothing (S57).
    public enum Knowledge: Hashable, Sendable {
        /// The article by which it was solved.
        case article(ArticleID)
        /// The article that was begun from what solved it.
        case draft(ArticleID)
        case nothing(Reason)

        /// Why a solution is not written down.
        public enum Reason: String, CaseIterable, Codable, Hashable, Sendable {
            /// It will hardly come again.
            case oneOff = "one_off"
            /// Nobody needs to look it up.
            case tooSimple = "too_simple"
            /// It works, and nobody knows why.
            case causeUnknown = "cause_unknown"
            /// It may not be written where others read it.
            case confidential
            /// Nobody said, as a machine that resolves may leave it out.
            case notSaid = "not_said"
        }
    }
}

extension Ticket.Outcome {
    /// Whether there is something by which the next ticket of the kind can be solved.
    public var isSolution: Bool {
        switch self {
        case .solved, .solvedFirstContact, .workedAround: true
        case .tooCostly, .unrepairable, .referred, .withdrawn, .duplicate: false
        }
    }
}

extension Ticket.Knowledge {
    func write(to object: inout JSONObject) {
        switch self {
        case .article(let article): object["article"] = article.json
        case .draft(let article): object["draft"] = article.json
        case .nothing(let reason): object["no_article_because"] = reason.rawValue.json
        }
    }

    /// At most one of the three; a resolution may say nothing of it.
    static func read(from reader: inout JSONReader) -> Ticket.Knowledge? {
        let article: ArticleID? = reader.optional("article", .identifier())
        let draft: ArticleID? = reader.optional("draft", .identifier())
        let reason: Reason? = reader.optional("no_article_because", .word())
        let said = [
            article.map(Ticket.Knowledge.article), draft.map(Ticket.Knowledge.draft),
            reason.map(Ticket.Knowledge.nothing),
        ].compactMap(\.self)
        if said.count > 1 { reader.fault(nil, "says more than one of article, draft and no_article_because") }
        return said.first
    }
}

extension Ticket.Event {
    /// The event as it is kept where the organisation has the module: no solution goes without a word on knowledge.
    public func accounting(for organisation: Organisation) -> Ticket.Event {
        guard case .resolved(let outcome, let note, nil) = self, outcome.isSolution,
            organisation.modules.contains(.knowledge)
        else { return self }
        return .resolved(outcome, note: note, knowledge: .nothing(.notSaid))
    }
}
