import Desk
import Moments
import Postgres

extension DeskStore {
    /// Those of the desk whom a letter reaches: of the people it is for, those who are there, and for each who is
    /// absent his deputy, as far as he may see the ticket. Where that is nobody, others are told, so that nothing lies
    /// unseen: those who share the position with him, then those appointed to it outside their hours, then the team's
    /// leads, and at last those it was meant for.
    ///
    /// - Parameters:
    ///   - people: whom the letter is for, as a subquery.
    ///   - positions: those by which they are meant, or that the ticket is with.
    func reached(
        _ people: SQL, by positions: [PositionID], about ticket: Ticket, in directory: Directory,
        using transaction: borrowing Transaction
    ) async throws -> [PersonID] {
        let meant = try await transaction.whereabouts(of: people, at: now)
        var reached = meant.filter { !$0.isAbsent }.map(\.person)
        for absent in meant where absent.isAbsent {
            let deputy = try await deputy(of: absent, about: ticket, in: directory, using: transaction)
            if let deputy, !reached.contains(deputy) { reached.append(deputy) }
        }
        if !reached.isEmpty { return reached }
        let others: [SQL] = [
            .holders(of: positions, at: now), .appointees(of: positions, at: now),
            .holders(of: directory.leads(of: ticket.responsibility.place.team), at: now),
        ]
        for circle in others {
            let there = try await transaction.whereabouts(of: circle, at: now).filter { !$0.isAbsent }.map(\.person)
            if !there.isEmpty { return there }
        }
        return meant.map(\.person)
    }

    /// The longest chain of deputies who are absent themselves.
    private static let longestChain = 5

    private func deputy(
        of absent: Whereabouts, about ticket: Ticket, in directory: Directory, using transaction: borrowing Transaction
    ) async throws -> PersonID? {
        var next = absent.deputy
        for _ in 0..<Self.longestChain {
            guard let person = next,
                let found = try await transaction.whereabouts(of: "select \(person)::bigint", at: now).first
            else { return nil }
            if !found.isAbsent {
                let maySee = try await mayRead(ticket, person, in: directory, using: transaction)
                return maySee ? person : nil
            }
            next = found.deputy
        }
        return nil
    }

    /// Whether somebody of the desk sees a ticket by the scopes of his roles and positions.
    func mayRead(
        _ ticket: Ticket, _ person: PersonID, in directory: Directory, using transaction: borrowing Transaction
    ) async throws -> Bool {
        try await onlookers(of: ticket, among: [person], in: directory, using: transaction).contains(person)
    }
}

/// Whether a person is there, and who stands in for him if not.
private struct Whereabouts {
    let person: PersonID
    let isAbsent: Bool
    let deputy: PersonID?
}

extension Transaction {
    fileprivate borrowing func whereabouts(of people: SQL, at moment: Moment) async throws -> [Whereabouts] {
        try await all(
            """
            select q.person, b.id is not null, b.deputy from (\(people)) q (person)
            left join lateral (select b.id, b.deputy from absence b
                where b.person = q.person and \(.holds("b", at: moment)) order by b.since desc, b.id desc limit 1) b on true
            order by q.person
            """, as: (PersonID, Bool, PersonID?).self
        ).map { Whereabouts(person: $0.0, isAbsent: $0.1, deputy: $0.2) }
    }
}

extension SQL {
    /// The people appointed to one of some positions, whatever hours they have, as a subquery.
    static func appointees(of positions: [PositionID], at moment: Moment) -> SQL {
        """
        select h.person from position_holder h where h.position = any (\(positions))
            and h.since <= \(moment) and (h.until is null or h.until > \(moment)) group by h.person
        """
    }
}
