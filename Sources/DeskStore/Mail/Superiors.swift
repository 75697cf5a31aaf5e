import Desk
import Postgres

extension SQL {
    /// Those who manage a site, or with no site the organisation, as a subquery.
    static func managers(of site: Int64?) -> SQL {
        """
        select r.person from role_grant r
        where r.role = 'manager' and r.site is not distinct from \(site)::bigint
        """
    }
}

extension Transaction {
    /// The first of some circles of people, given as subqueries, in which there is anybody: what is carried up does not
    /// end at a level that nobody fills. The last one where all are empty.
    borrowing func nearest(of circles: [SQL]) async throws -> SQL {
        for circle in circles {
            if try await first("select exists (\(circle))", as: Bool.self) == true { return circle }
        }
        return circles.last ?? "select null::bigint where false"
    }
}
