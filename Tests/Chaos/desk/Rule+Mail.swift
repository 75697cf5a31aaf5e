import DeskStore
import Postgres

/// What must hold of the mail that came in.
extension Rule {
    static let mail = [
        Rule(
            "the copies of a message are in one ticket",
            """
            select m.message_id, format('%s', array_agg(distinct t.number))
            from inbound_mail m join ticket t on t.id = m.ticket
            where m.message_id like 'enquiry-%' and m.kind in ('request', 'claim')
            group by m.message_id having count(distinct m.ticket) > 1
            """),
        Rule(
            "a ticket comes of one mail",
            """
            select t.number, format('%s', array_agg(m.message_id)) from inbound_mail m join ticket t on t.id = m.ticket
            where m.kind in ('request', 'claim') group by t.number having count(*) > 1
            """),
        Rule(
            "what no person wrote is kept, and no more than that",
            """
            select m.message_id, format('%s in %s', m.kind, m.ticket) from inbound_mail m
            where m.message_id ~ '^(bounce|absence)-' and m.kind not in ('bounce', 'auto_reply', 'duplicate')
            """),
        Rule(
            "what a person wrote is no report",
            """
            select m.message_id, format('%s: %s', m.kind, m.reason) from inbound_mail m
            where m.message_id ~ '^(enquiry|answer)-'
                and m.kind not in ('request', 'claim', 'follow_up', 'duplicate', 'parked')
            """),
        Rule(
            "what came for a ticket is the last that its requester said, or was said before",
            """
            select m.message_id, format('%s %s', m.kind, m.ticket) from inbound_mail m
            where m.kind in ('request', 'claim', 'follow_up') and (m.entry is null or m.ticket is null
                or not exists (select from entry e where e.id = m.entry and e.ticket = m.ticket and e.channel = 'mail'))
            """),
    ]
}

extension Simulation {
    /// Nothing that the desk said it has is missing, and every matter has one ticket.
    func checkMail() async throws {
        let kept = Set(
            try await world.operators.database.all(
                "select distinct message_id || ' ' || recipient from inbound_mail", as: String.self))
        for name in Set(post.taken.keys).subtracting(kept).sorted() {
            report.lost += 1
            fail("mail that was taken is there", about: name, "it is not")
        }
        let tickets = try await world.operators.database.all(
            """
            select substring(m.message_id from '^enquiry-([0-9]+)')::bigint as matter, count(distinct m.ticket)
            from inbound_mail m where m.message_id like 'enquiry-%' and m.kind in ('request', 'claim')
            group by 1
            """, as: (Int, Int).self)
        for (matter, count) in tickets {
            // What is parked may be released when its words alone do not tell any more that they were said before.
            let most = post.matters[matter].map { $0.isParked ? $0.messages.count : 1 } ?? 0
            if count > most {
                report.doubled += 1
                let why = try await whatBecame(of: matter)
                fail("an enquiry is one ticket", about: "matter \(matter)", "\(count) tickets: \(why)")
            }
        }
    }

    /// In the end all that people wrote is in a ticket, also what was parked meanwhile.
    func checkMatters() async throws {
        let known = Set(
            try await world.operators.database.all(
                """
                select distinct substring(m.message_id from '^[a-z]+-([0-9]+)')::bigint from inbound_mail m
                where m.message_id ~ '^(enquiry|answer)-' and m.ticket is not null
                """, as: Int.self))
        for (number, matter) in post.matters.sorted(by: { $0.key < $1.key }) where !known.contains(number) {
            let why = try await whatBecame(of: number)
            fail("what a person wrote becomes a ticket or is in one", about: "\(matter.kind) \(number)", why)
        }
    }

    /// What was said to the mails of a matter, and what is kept of them.
    private func whatBecame(of number: Int) async throws -> String {
        let kept = try await world.operators.database.all(
            """
            select format('kept %s to %s at %s as %s, %s, in %s', m.message_id, m.recipient,
                m.received_at at time zone 'UTC', m.kind, m.reason, coalesce(t.number, 'no ticket'))
            from inbound_mail m left join ticket t on t.id = m.ticket
            where m.message_id ~ \("^[a-z]+-\(number)\\.") order by m.id
            """, as: String.self)
        let matter = post.matters[number]
        return ((matter?.messages.sorted() ?? []) + (matter?.said ?? []) + kept).joined(separator: "; ")
    }
}
