import Desk
import Postgres

/// The names that a text calls with an @: whole addresses, or what stands before the @ of one.
struct Mentions: Sendable, Equatable {
    /// In lower case, each once, in the order of the text.
    let names: [String]

    /// How many names of one text are looked at.
    private static let most = 20

    init(in text: String) {
        var names: [String] = []
        var isAtStart = true
        var rest = text[...]
        while let mark = rest.first, names.count < Self.most {
            rest = rest.dropFirst()
            if mark == "@", isAtStart {
                let word = rest.prefix { $0.isLetter || $0.isNumber || "._-+@".contains($0) }
                rest = rest.dropFirst(word.count)
                var name = word.lowercased()[...]
                while let last = name.last, "._-+@".contains(last) { name.removeLast() }
                if name.count >= 2, !names.contains(String(name)) { names.append(String(name)) }
                isAtStart = false
            } else {
                isAtStart = !(mark.isLetter || mark.isNumber || "._-+@".contains(mark))
            }
        }
        self.names = names
    }
}

extension DeskStore {
    /// The colleagues whom a note on a ticket names, as far as they may see the ticket. A short name that two of them
    /// have names neither.
    func people(
        mentionedIn text: String, on ticket: Ticket, in directory: Directory, using transaction: borrowing Transaction
    ) async throws -> [PersonID] {
        let names = Mentions(in: text).names
        if names.isEmpty { return [] }
        let found = try await transaction.all(
            """
            select n.name, a.person from unnest(\(names)::text[]) with ordinality n (name, place)
            join person_address a on n.name in (a.address, split_part(a.address, '@', 1))
            where a.person in (select h.person from position_holder h where h.until is null or h.until > \(now)
                union select r.person from role_grant r)
            order by n.place
            """, as: (String, PersonID).self)
        var people: [PersonID] = []
        for name in names {
            let named = Set(found.filter { $0.0 == name }.map(\.1))
            guard named.count == 1, let person = named.first, !people.contains(person) else { continue }
            if try await mayRead(ticket, person, in: directory, using: transaction) { people.append(person) }
        }
        return people
    }
}
