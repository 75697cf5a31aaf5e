import Desk
import Postgres

/// What is looked for among tickets: a number, or words of a subject, each of which may be the beginning of one.
struct TicketSearch: Sendable, Equatable {
    let number: TicketNumber?
    let words: [String]

    /// How many words of a question are looked at.
    private static let most = 8

    init(_ text: String) {
        number = TicketNumber(text.uppercased())
        words = text.split { !$0.isLetter && !$0.isNumber }.prefix(Self.most).map(String.init)
    }

    /// Holds for the tickets `t` that are meant, whichever way they are come by.
    var condition: SQL {
        let named: SQL = number.map { "t.number = \($0)" } ?? "false"
        return words.isEmpty ? named : "(\(named) or (true \(Self.having(words[...]))))"
    }

    /// The keys of the newest tickets `t` that are meant and fulfil some conditions, as a subquery. For each known word
    /// its tickets are followed, newest first, until there are enough, so that a common word costs no more than a rare
    /// one; the other words are asked of those alone.
    func newest(_ conditions: SQL, limit: Int) -> SQL {
        // The longest word is likely to be the rarest.
        let leading = words.indices.max { words[$0].count < words[$1].count }
        var ways: [SQL] = []
        if let number { ways.append("select t.id from ticket t where t.number = \(number) and \(conditions)") }
        if let leading {
            let others = Self.having(words[..<leading]) + Self.having(words[(leading + 1)...])
            ways.append(
                """
                select f.ticket from unnest((select words_beginning(\(words[leading])))::bigint[]) k (word), lateral (
                    select w.ticket from ticket_word w join ticket t on t.id = w.ticket
                    where w.word = k.word and \(conditions) \(others)
                    order by w.ticket desc limit \(limit)) f
                """)
        }
        let first = ways.first ?? "select t.id from ticket t where false"
        let all = ways.dropFirst().reduce(first) { "\($0) union \($1)" }
        return "select m.id from (\(all)) m (id) group by m.id order by m.id desc limit \(limit)"
    }

    private static func having(_ words: ArraySlice<String>) -> SQL {
        words.reduce("") { sql, word in
            """
            \(sql) and (select true from ticket_word o where o.ticket = t.id
                and o.word = any ((select words_beginning(\(word)))::bigint[]) limit 1)
            """
        }
    }
}
