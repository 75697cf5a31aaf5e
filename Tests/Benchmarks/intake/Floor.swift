import BenchmarkSupport
import Postgres

/// The rows that a ticket consists of as the gateway has written them, written again by `pgbench` with new keys and
/// nothing else: in one round trip for the keys, one for all rows, and one commit.
struct Floor {
    /// A table with the condition that picks the rows of the ticket, and what is new of them by column.
    private struct Part {
        let table: String
        let rows: String
        let new: [String: String]

        init(_ table: String, where rows: String, _ new: [String: String] = [:]) {
            (self.table, self.rows, self.new) = (table, rows, new)
        }
    }

    let pgbench: PgBench

    /// - Parameters:
    ///   - ticket: the ticket whose rows they are.
    ///   - requester: who asked.
    ///   - mail: whether it came as a mail.
    static func of(ticket: Int64, requester: Int64, mail: Bool, in database: Database) async throws -> Floor {
        // Nobody takes them meanwhile.
        let jobs = try await database.all(
            """
            select id::text from jobs.job where arguments::jsonb @> jsonb_build_object('ticket', \(ticket))
                or (arguments::jsonb->>'letter')::bigint in (select id from letter where ticket = \(ticket))
            """, as: String.self
        ).joined(separator: ", ")
        try await database.run(script: "create sequence if not exists floor_key start 1000000000 increment 100")
        let own = "ticket = \(ticket)"
        let ofClock = "clock in (select id from clock where ticket = \(ticket))"
        let ofOriginal = "sha256 = (select original from inbound_mail where ticket = \(ticket))"
        let digest = ["sha256": "sha256(int8send(:k::bigint))"]
        var parts = [
            Part("person", where: "id = \(requester)"),
            Part("person_address", where: "person = \(requester)", ["address": ":k::text || address"]),
            Part(
                "ticket", where: "id = \(ticket)",
                ["number": "'OSL-' || :k", "requester": "requester + :k"]),
            Part("entry", where: own, ["author": "author + :k"]),
            Part("event", where: own),
            Part("clock", where: own),
            Part("clock_segment", where: ofClock),
            Part("deadline", where: ofClock),
            Part("leg", where: own),
            Part("letter", where: own),
            Part("ticket_access", where: own),
            Part("jobs.job", where: "id = any (array[\(jobs)])"),
        ]
        if mail {
            parts += [
                Part("blob", where: ofOriginal, digest), Part("blob_chunk", where: ofOriginal, digest),
                Part(
                    "inbound_mail", where: own,
                    ["message_id": ":k || message_id", "original": digest["sha256"] ?? ""]),
                Part("enquiry", where: own, ["message": digest["sha256"] ?? ""]),
                Part(
                    "throttle",
                    where: "key = (select 'mail:' || address from person_address where person = \(requester))",
                    ["key": ":k || key"]),
            ]
        }
        var statements: [String] = []
        for part in parts { statements.append(try await statement(part, in: database)) }
        let script = """
            select nextval('floor_key') as k \\gset
            \\startpipeline
            begin;
            \(statements.joined(separator: "\n"))
            commit;
            \\endpipeline
            """
        return Floor(pgbench: PgBench(script: script, clients: 16, threads: 1))
    }

    private static let keys: Set<String> = ["id", "ticket", "clock", "entry", "person", "letter"]

    private static func statement(_ part: Part, in database: Database) async throws -> String {
        let names = part.table.split(separator: ".").map(String.init)
        let columns = try await database.all(
            """
            select column_name::text, data_type::text
            from information_schema.columns
            where table_schema = \(names.count > 1 ? names[0] : "public") and table_name = \(names.last ?? "")
                and is_generated = 'NEVER'
                and not (table_name = 'event' and column_name = 'id')
            order by ordinal_position
            """, as: (String, String).self)
        let values = columns.map { name, type in
            // The keys of an account or a position are those of something that is there already.
            let isKey = keys.contains(name) && type == "bigint" && !(part.table == "ticket" && name == "person")
            return part.new[name] ?? (isKey ? "\(name) + :k" : name == "uuid" ? "gen_random_uuid()" : name)
        }
        return """
            insert into \(part.table) (\(columns.map(\.0).joined(separator: ", "))) overriding system value \
            select \(values.joined(separator: ", ")) from \(part.table) where \(part.rows);
            """
    }
}
