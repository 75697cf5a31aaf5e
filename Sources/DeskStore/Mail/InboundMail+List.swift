import Desk
import Postgres

extension Query<InboundMail> {
    /// The mail that somebody sees, the youngest first.
    ///
    /// No mail is passed that he does not see: what each of his scopes and his own requests bring is merged. Those
    /// of one Message-ID are few, whoever sees them.
    static func inbound(_ filter: MailFilter, limit: Int, seeing sight: Sight) -> Self {
        let seen: SQL =
            filter.messageID == nil ? "and m.id in (\(youngest(filter, limit: limit, seeing: sight)))" : ""
        return """
            select \(columns: InboundMail.self) from inbound_mail m where \(filter.condition) \(seen)
            order by m.received_at desc, m.id desc limit \(limit)
            """
    }

    /// The keys of the youngest, as a subquery. A mail may stand in several scopes; the kinds of a scope whose first
    /// mails are too old for the page are not followed.
    private static func youngest(_ filter: MailFilter, limit: Int, seeing sight: Sight) -> SQL {
        let scopes = sight.scopes + (sight.seesUnsortedMail ? [0] : [])
        let kinds = filter.kind.map { [$0] } ?? MailKind.allCases
        var page: SQL = ""
        if let after = filter.receivedAfter { page = "and a.received_at > \(after)" }
        if let behind = filter.behind { page = "\(page) and (a.received_at, a.mail) < (\(behind.at), \(behind.id))" }
        func first(_ count: Int, of place: SQL) -> SQL {
            """
            select a.received_at, a.mail from mail_access a
            where a.scope = \(place).scope and a.kind = \(place).kind \(page)
            order by a.received_at desc, a.mail desc limit \(count)
            """
        }
        let own: SQL =
            sight.requester.map {
                """
                union (select m.received_at, m.id from ticket t join inbound_mail m on m.ticket = t.id
                    where t.requester = \($0) and \(filter.condition)
                    order by m.received_at desc, m.id desc limit \(limit))
                """
            } ?? ""
        return """
            select f.mail from (
                select b.received_at, b.mail from (
                    select w.scope, w.kind, dense_rank() over (order by h.received_at desc, h.mail desc) as place
                    from (select s.scope, k.kind from unnest(\(scopes)) s (scope),
                        unnest(\(kinds.map(\.rawValue))) k (kind)) w, lateral (\(first(1, of: "w"))) h) p,
                    lateral (\(first(limit, of: "p"))) b
                where p.place <= \(limit)
                \(own)) f
            order by f.received_at desc, f.mail desc limit \(limit)
            """
    }
}
