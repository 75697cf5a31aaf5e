import Desk
import Moments
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
        let found = try await transaction.all(.named(names, at: now), as: (String, PersonID).self)
        let readers = try await onlookers(of: ticket, among: found.map(\.1), in: directory, using: transaction)
        var people: [PersonID] = []
        for name in names {
            let named = Set(found.filter { $0.0 == name }.map(\.1))
            guard named.count == 1, let person = named.first, !people.contains(person) else { continue }
            if readers.contains(person) { people.append(person) }
        }
        return people
    }
}

extension SQL {
    /// The people of the desk who have one of some names: an address, or what stands before the @ of one.
    static func named(_ names: [String], at now: Moment) -> SQL {
        """
        select n.name, a.person from unnest(\(names)::text[]) n (name), lateral (
            select b.person from person_address b where b.address = n.name
            union select b.person from person_address b where split_part(b.address, '@', 1) = n.name) a
        where exists (select from role_grant r where r.person = a.person)
            or exists (select from position_holder h
                where h.person = a.person and (h.until is null or h.until > \(now)))
            or exists (select from roster_entry e where e.person = a.person and e.until > \(now))
        """
    }
}
