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
        let languages = try await directory().languages(after: language).map { "\($0)" as SQL }
        return try await all(.like("\(subject)", "\(text)", in: languages, limit: limit), seeing: sight)
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

}

extension Query<ArticleHit> {
    /// The articles like a text in the first of some languages that has any. The server looks in the next only where
    /// those before it gave nothing.
    ///
    /// - Parameters:
    ///   - subject: what it is about, or a subquery that gives it; so are the text and the languages.
    ///   - condition: without which nothing is looked for.
    fileprivate static func like(
        _ subject: SQL, _ text: SQL, in languages: [SQL], limit: Int, where condition: SQL = "true"
    ) -> Self {
        let names = languages.indices.map { "found_\($0)" }
        // What comes behind the first letters of a long text says nothing more of what it is about.
        let searches = zip(names, languages).enumerated().map { index, search -> SQL in
            let earlier = names.prefix(index).map { "not exists (select from \(identifier: $0))" as SQL }
            let other: [SQL] = index == 0 ? [] : ["\(search.1) <> \(languages[0])"]
            return """
                \(identifier: search.0) as materialized (
                    select m.version, m.score as rank
                    from match_articles(\(search.1), left(\(subject), 4000), left(\(text), 4000), \(limit)) m
                    where \(([condition] + other + earlier).joined(separator: " and ")))
                """
        }
        let all = names.map { "select version, rank from \(identifier: $0)" as SQL }
        return """
            with \(searches.joined(separator: ", "))
            select \(columns: ArticleHit.self) from (\(all.joined(separator: " union all "))) f
            join article_version v on v.id = f.version join article a on a.id = v.article
            order by f.rank desc, v.id
            """
    }

    /// What may answer a ticket that is not solved: articles like its subject and what was asked first.
    ///
    /// - Parameter languages: those to look in after the ticket's own.
    static func suggestions(for number: TicketNumber, in languages: [String]) -> Self {
        let asked: SQL = "(select e.text from entry e where e.ticket = \(.ticket(number)) order by e.id limit 1)"
        let own: SQL = """
            (select case when l.code in ('no', 'nn') then 'nb' else l.code end from (
                select substring(lower(t.language) from '^[^-_]*') as code
                from ticket t where t.number = \(number)) l)
            """
        return like(
            .of(number, "subject"), "coalesce(\(asked), '')", in: [own] + languages.map { "\($0)" }, limit: 3,
            where: .isOpen(number))
    }
}

extension Directory {
    /// The language of a reader, then those of the organisation.
    public func languages(after tag: String) -> [String] {
        let own = Article.language(of: tag)
        return [own] + languages.filter { $0 != own }
    }

    /// The languages of the organisation: that of its default site first.
    public var languages: [String] {
        let all = [language(of: nil)] + organisation.sites.map(\.language)
        var known: Set<String> = []
        return all.map { Article.language(of: $0) }.filter { known.insert($0).inserted }
    }
}
