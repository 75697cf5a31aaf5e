import Desk
import Moments
import Postgres
import TimeZones

extension Transaction {
    /// The people a document names, the positions they hold and what they may do. Who is no longer named keeps his
    /// place in history as the person he is, and holds and may nothing from now on.
    borrowing func write(people: [Person], at now: Moment) async throws {
        var posts: [PersonID: [String]] = [:]
        var roles: [PersonID: [Person.Grant]] = [:]
        for person in people {
            let home = try await first("select id from site where code = \(person.site)", as: SiteID.self)
            let known = try await self.person(
                at: person.email, orKnownAs: person.name, language: person.language, homeSite: home, now: now)
            try await run(
                """
                update person set name = \(person.name), language = \(person.language), home_site = \(home),
                    class = \(person.personClass), organisation = \(person.organisation), left_at = null,
                    relation = 'internal'
                where id = \(known.id)
                """)
            // Two that the document names may be known as one.
            posts[known.id, default: []] += person.positions
            roles[known.id, default: []] += person.roles
        }
        for (person, codes) in posts { try await write(positions: codes, of: person, at: now) }
        for (person, grants) in roles { try await write(roles: grants, of: person) }
        let addresses = people.map { $0.email.lowercased() }
        let named: SQL = "select a.person from person_address a where a.address = any (\(addresses))"
        try await run(
            """
            with left_posts as (
                update position_holder set until = \(now) where until is null and person not in (\(named))
                returning person),
            left_roles as (delete from role_grant where person not in (\(named)) returning person),
            gone as (select person from left_posts union select person from left_roles),
            signed_out as (delete from session where person in (select person from gone))
            update person set left_at = \(now) where id in (select person from gone)
            """)
    }

    /// The hours of the week in which people hold positions, each in the zone of the clock that it goes by.
    borrowing func write(rostersOf organisation: Organisation) async throws {
        try await run("delete from roster_week")
        for position in organisation.positions {
            for line in position.roster {
                let site = line.hours.site ?? organisation.team(position.team)?.sites.first
                let zone = site.flatMap { organisation.site($0)?.zone } ?? "UTC"
                try await run(
                    """
                    insert into roster_week (position, person, weekday, starts, ends, zone)
                    select (select id from position where code = \(position.code)),
                        (select person from person_address where address = \(line.person.lowercased())),
                        d, \(line.hours.hours.start), \(line.hours.hours.end), \(zone)
                    from unnest(\(line.hours.days.map(\.rawValue))) d
                    on conflict (position, person, weekday, starts)
                    do update set ends = greatest(roster_week.ends, excluded.ends)
                    """)
            }
        }
    }

    private borrowing func write(positions: [String], of person: PersonID, at now: Moment) async throws {
        try await run(
            """
            update position_holder set until = \(now) where person = \(person) and until is null
                and position not in (select id from position where code = any (\(positions)))
            """)
        try await run(
            """
            insert into position_holder (position, person, since)
            select p.id, \(person), \(now) from position p where p.code = any (\(positions)) and not exists (
                select from position_holder h where h.position = p.id and h.person = \(person) and h.until is null)
            """)
    }

    private borrowing func write(roles: [Person.Grant], of person: PersonID) async throws {
        try await run("delete from role_grant where person = \(person)")
        for grant in roles {
            try await run(
                """
                insert into role_grant (person, role, site)
                values (\(person), \(grant.role), (select id from site where code = \(grant.site)))
                on conflict do nothing
                """)
        }
    }
}
