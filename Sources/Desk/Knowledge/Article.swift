/// A known solution or answer, in one or more languages. Its words are kept by the store.
public enum Article {
    /// How far a version of an article is.
    public enum State: String, CaseIterable, Codable, Hashable, Sendable {
        case draft
        case published
        /// A newer version has taken its place, or it was taken back.
        case retired
    }

    /// Who reads an article once it is published.
    public enum Visibility: String, CaseIterable, Codable, Hashable, Sendable {
        case `public`
        case `internal`
        case team
    }

    /// The readers of an article, the team by its key.
    public enum Readers: Hashable, Sendable {
        case everybody
        case desk
        case team(TeamID)

        public var visibility: Visibility {
            switch self {
            case .everybody: .public
            case .desk: .internal
            case .team: .team
            }
        }

        public var team: TeamID? { if case .team(let team) = self { team } else { nil } }

        /// The readers as two columns keep them; a team's article without its team is nobody else's, so it is nil.
        public init?(_ visibility: Visibility, team: TeamID?) {
            switch (visibility, team) {
            case (.public, nil): self = .everybody
            case (.internal, nil): self = .desk
            case (.team, let team?): self = .team(team)
            case (.team, nil), (.public, _?), (.internal, _?): return nil
            }
        }
    }

    /// What an article had to do with a ticket.
    public enum Part: String, CaseIterable, Codable, Hashable, Sendable {
        case solvedBy = "solved_by"
        case offered
        case draftedFrom = "drafted_from"
    }

    /// How an article was of use.
    public enum Use: String, CaseIterable, Codable, Hashable, Sendable {
        /// A ticket was solved by it.
        case solved
        /// It was sent to a requester.
        case offered
        /// Somebody found it before asking, and needed not ask.
        case selfServed = "self_served"
    }

    /// The language in which articles for readers of a language tag are written: its first part, and one for both
    /// ways of writing Norwegian.
    public static func language(of tag: String) -> String {
        let first = tag.lowercased().prefix { $0 != "-" && $0 != "_" }
        return first == "no" || first == "nn" ? "nb" : String(first)
    }
}
