public import Desk
import JSON
import Moments
public import Postgres

/// Why the addresses of a person cannot be as was asked for.
public enum UnfitAddress: Error, Hashable, CustomStringConvertible {
    /// Somebody else has it.
    case taken(String)
    case notHis(String)
    /// Without it nobody could write to him, nor would he be known.
    case last(String)

    public var description: String {
        switch self {
        case .taken(let address): "\(address) belongs to somebody else. If both are one person, merge them."
        case .notHis(let address): "\(address) is no address of this person."
        case .last(let address): "\(address) is the only address of this person. Add another one first."
        }
    }
}

extension DeskStore {
    /// Gives a person one more address; one that he has already changes nothing.
    ///
    /// - Throws: `UnfitAddress.taken`, `NoSuchPerson`, `DatabaseError`.
    public func add(address: String, to person: PersonID, by actor: Ticket.Actor) async throws {
        try await transaction { (transaction: borrowing Transaction) in
            try await add(address: address, to: person, by: actor, using: transaction)
        }
    }

    /// The same in a transaction that is under way, together with an idempotency key.
    public func add(
        address: String, to person: PersonID, by actor: Ticket.Actor, using transaction: borrowing Transaction
    ) async throws {
        let (now, address) = (now, address.lowercased())
        try await transaction.hold(person)
        let added = try await transaction.run(
            """
            insert into person_address (address, person, is_primary, since)
            select \(address), \(person),
                not exists (select from person_address a where a.person = \(person) and a.is_primary), \(now)
            on conflict (address) do nothing
            """)
        if added == 1 {
            transaction.note(.addressAdded, about: person, .object(["address": address]), by: actor, at: now)
        } else if try await transaction.owner(of: address) != person {
            throw UnfitAddress.taken(address)
        }
    }

    /// Takes an address away from a person. Mail from it is from somebody else from then on.
    ///
    /// - Throws: `UnfitAddress`, `NoSuchPerson`, `DatabaseError`.
    public func remove(address: String, of person: PersonID, by actor: Ticket.Actor) async throws {
        let (now, address) = (now, address.lowercased())
        try await change(person) { (transaction: borrowing Transaction) in
            let his = try await transaction.all(
                "select address, is_primary from person_address where person = \(person) order by since, address",
                as: (String, Bool).self)
            guard let row = his.first(where: { $0.0 == address }) else { throw UnfitAddress.notHis(address) }
            guard let next = his.first(where: { $0.0 != address }) else { throw UnfitAddress.last(address) }
            try await transaction.run("delete from person_address where address = \(address)")
            if row.1 {
                try await transaction.run("update person_address set is_primary = true where address = \(next.0)")
            }
            transaction.note(.addressRemoved, about: person, .object(["address": address]), by: actor, at: now)
        }
    }

    /// Chooses the address to which mail of the desk goes.
    ///
    /// - Throws: `UnfitAddress.notHis`, `NoSuchPerson`, `DatabaseError`.
    public func choose(primary address: String, of person: PersonID, by actor: Ticket.Actor) async throws {
        let (now, address) = (now, address.lowercased())
        try await change(person) { (transaction: borrowing Transaction) in
            guard try await transaction.owner(of: address) == person else { throw UnfitAddress.notHis(address) }
            let off = try await transaction.run(
                """
                update person_address set is_primary = false
                where person = \(person) and is_primary and address <> \(address)
                """)
            let on = try await transaction.run(
                "update person_address set is_primary = true where address = \(address) and not is_primary")
            // Whoever chooses it knows better than what a mail system said once.
            transaction.markDeliverable(address)
            if off + on > 0 {
                transaction.note(
                    .primaryAddressChosen, about: person, .object(["address": address]), by: actor, at: now)
            }
        }
    }

    /// Changes a person who is held against other changes and against being merged.
    ///
    /// - Throws: `NoSuchPerson` where there is none, or he was merged into another.
    func change(_ person: PersonID, _ body: (borrowing Transaction) async throws -> Void) async throws {
        try await transaction { (transaction: borrowing Transaction) in
            try await transaction.hold(person)
            try await body(transaction)
        }
    }
}

extension Transaction {
    fileprivate borrowing func hold(_ person: PersonID) async throws {
        let held: SQL = "select id from person where id = \(person) and merged_into is null for no key update"
        guard try await first(held, as: PersonID.self) != nil else { throw NoSuchPerson(address: "of this key") }
    }

    fileprivate borrowing func owner(of address: String) async throws -> PersonID? {
        try await first("select person from person_address where address = \(address)", as: PersonID.self)
    }
}
