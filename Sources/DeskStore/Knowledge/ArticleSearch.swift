public import Desk
import Moments
public import Postgres

/// A published article that was found.
public struct ArticleHit: Sendable, Equatable {
    public let version: ArticleVersion
    /// How well it fits; larger is better.
    public let rank: Double

    /// The place behind which a list goes on.
    public var place: ArticlePlace { ArticlePlace(rank: rank, version: version.key) }
}

extension ArticleHit: PostgresRow {
    public static var columns: String { "\(ArticleVersion.columns), f.rank" }

    public init(from row: inout RowReader) throws(UndecodableColumn) {
        version = try ArticleVersion(from: &row)
        rank = try row.read()
    }
}

/// A place in a list of articles by how well they fit.
public struct ArticlePlace: Sendable, Equatable {
    public let rank: Double
    public let version: Int64

    public init(rank: Double, version: Int64) { (self.rank, self.version) = (rank, version) }

    /// The place in an address, such as `0.0607927106320858-17`; nil for anything else.
    public init?(text: some StringProtocol) {
        guard let dash = text.lastIndex(of: "-"), let rank = Double(text[..<dash]), rank.isFinite,
            let version = Int64(text[text.index(after: dash)...])
        else { return nil }
        self.init(rank: rank, version: version)
    }

    public var text: String { "\(rank)-\(version)" }
}

extension DeskStore {
    /// The published articles of a language that hold all the words, the best first. Quotes keep words together, a dash
    /// leaves them out, `or` stands between words of which one is enough.
    public func articles(
        saying words: String, in language: String, after place: ArticlePlace? = nil, limit: Int = 20,
        seeing sight: Sight
    ) async throws -> [ArticleHit] {
        try await transaction(seeing: sight) { (transaction: borrowing Transaction) in
            try await transaction.articles(saying: words, in: language, after: place, limit: limit)
        }
    }

    /// The same in the reader's language, or where it has none, in the first of the organisation's that has some.
    public func articles(saying words: String, for language: String, limit: Int = 20, seeing sight: Sight)
        async throws -> [ArticleHit]
    {
        try await transaction(seeing: sight) { (transaction: borrowing Transaction) in
            for language in try await directory(using: transaction).languages(after: language) {
                let hits = try await transaction.articles(saying: words, in: language, after: nil, limit: limit)
                if !hits.isEmpty { return hits }
            }
            return []
        }
    }

    /// The published articles that tell of the same as a request does, the best first; in the language of the request,
    /// or where it has none, in the first of the organisation's that has some.
    public func articles(
        like subject: String, _ text: String, in language: String, limit: Int = 3, seeing sight: Sight
    ) async throws -> [ArticleHit] {
        try await transaction(seeing: sight) { (transaction: borrowing Transaction) in
            for language in try await directory(using: transaction).languages(after: language) {
                let hits = try await transaction.articles(like: subject, text, in: language, limit: limit)
                if !hits.isEmpty { return hits }
            }
            return []
        }
    }

    /// Versions of one state, the newest first, `limit` of them behind the version with the key `before`.
    public func articles(
        _ state: Article.State, language: String? = nil, before: Int64? = nil, limit: Int = 50, seeing sight: Sight
    ) async throws -> [ArticleVersion] {
        let page: SQL = before.map { "and v.id < \($0)" } ?? ""
        let limited: SQL = language.map { "and v.language = \($0)" } ?? ""
        return try await transaction(seeing: sight) { (transaction: borrowing Transaction) in
            try await transaction.all(
                Query<ArticleVersion>(
                    """
                    select \(columns: ArticleVersion.self) from article_version v join article a on a.id = v.article
                    where v.state = \(state) \(limited) \(page) order by v.id desc limit \(limit)
                    """))
        }
    }
}

extension Transaction {
    /// The longest text that is asked with; what comes after says nothing more of what it is about.
    private static var longest: Int { 4000 }

    borrowing func articles(saying words: String, in language: String, after place: ArticlePlace?, limit: Int)
        async throws -> [ArticleHit]
    {
        try await all(
            Query<ArticleHit>(
                """
                select \(columns: ArticleHit.self) from search_articles(
                    \(Article.language(of: language)), \(String(words.prefix(Self.longest))), \(place?.rank),
                    \(place?.version), \(limit)) f
                join article_version v on v.id = f.version join article a on a.id = v.article
                order by f.rank desc, v.id
                """))
    }

    borrowing func articles(like subject: String, _ text: String, in language: String, limit: Int) async throws
        -> [ArticleHit]
    {
        try await all(
            Query<ArticleHit>(
                """
                select \(columns: ArticleHit.self) from (select version, score as rank from match_articles(
                    \(Article.language(of: language)), \(String(subject.prefix(Self.longest))),
                    \(String(text.prefix(Self.longest))), \(limit))) f
                join article_version v on v.id = f.version join article a on a.id = v.article
                order by f.rank desc, v.id
                """))
    }
}

extension Directory {
    /// The language of a reader, then those of the organisation: that of its default site first.
    public func languages(after tag: String) -> [String] {
        var languages = [Article.language(of: tag), Article.language(of: language(of: nil))]
        languages += organisation.sites.map { Article.language(of: $0.language) }
        var known: Set<String> = []
        return languages.filter { known.insert($0).inserted }
    }
}
