import Foundation
import Postgres
import TimeZones

/// How often an article was of use in a period (S57, S80, S81).
struct ArticleFigures: Sendable {
    let uuid: UUID?
    /// Nil where one team alone may read it.
    let title: String?
    /// Tickets that were solved by it, of those in reach.
    let solved: Int
    /// Sent to requesters, and found by those who then needed not ask; of the whole organisation.
    let offered: Int
    let selfServed: Int
}

extension ArticleFigures: PostgresRow {
    /// The columns depend on the question; see `Query.articles`.
    static var columns: String { "*" }

    init(from row: inout RowReader) throws(UndecodableColumn) {
        self.init(
            uuid: try row.read(), title: try row.read(), solved: try row.read(), offered: try row.read(),
            selfServed: try row.read())
    }
}

extension Query<ArticleFigures> {
    /// The most articles of a report.
    static var most: Int { 20 }

    /// Those of most use first. Who reads the figures of some sites reads the tickets solved there alone: nobody knows
    /// at which site an article was found.
    ///
    /// - Parameter language: in which the titles are wanted, where there are several.
    static func articles(_ question: Question, in language: String) -> Self {
        let seesAll = question.reach.sites == nil
        let (first, last) = (question.period.first.description, question.period.last.description)
        return """
            select a.uuid, v.title, u.solved, u.offered, u.served
            from (
                select article, sum(solved)::int8 as solved, sum(offered)::int8 as offered, sum(served)::int8 as served
                from (
                    select t.article, count(*) as solved, 0 as offered, 0 as served from figure_ticket t
                    where \(question.isResolved) and \(question.reach.condition) and t.knowledge = 'article'
                    group by 1
                    union all
                    select u.article, 0, coalesce(sum(u.uses) filter (where u.kind = 'offered'), 0),
                        coalesce(sum(u.uses) filter (where u.kind = 'self_served'), 0)
                    from article_use u
                    where \(seesAll) and u.day between \(first)::text::date and \(last)::text::date
                    group by 1
                ) s
                group by article having sum(solved + offered + served) > 0
                order by sum(solved + offered + served) desc, article limit \(most)
            ) u
                left join article a on a.id = u.article
                left join lateral (
                    select v.title from article_version v where v.article = u.article and v.state = 'published'
                    order by v.language <> \(language), v.language <> 'en', v.language limit 1) v on true
            order by u.solved + u.offered + u.served desc, u.article
            """
    }
}
