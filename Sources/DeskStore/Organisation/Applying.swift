public import Desk
public import JSON
import Jobs
import Moments
import Postgres
import TimeZones

/// What applying an organisation document did.
public struct AppliedOrganisation: Sendable {
    public let version: Int64
    /// Nothing if the document says what is in force already.
    public let changes: [JSONChange]
}

extension DeskStore {
    /// The parts of the document that decide about clocks.
    private static let partsOfTerms = ["targets", "calendars", "teams", "sites", "suppliers", "categories"]

    /// Makes a document the organisation in force: a new version beside those before it, with rows for all that other
    /// rows point at. What it no longer names is retired, never deleted. The same document again changes nothing.
    ///
    /// - Parameters:
    ///   - author: who applied it, for the record.
    ///   - patience: how long those are waited for who change tickets by the document before.
    /// - Throws: `JSONFaults`, ``OrganisationInUse``, `DatabaseError`.
    public func apply(
        _ organisation: Organisation, by author: String, within patience: Duration = OrganisationInUse.usualPatience
    ) async throws -> AppliedOrganisation {
        try await transaction { (transaction: borrowing Transaction) in
            try await transaction.lockOrganisation(within: patience)
            // Read once nobody else can change or count by what is in force: it is in force from here on.
            let now = now
            let newest = try await transaction.first(
                "select version, document from organisation order by version desc limit 1", as: (Int64, String).self)
            let document = organisation.json
            let before = try newest.map { try JSON.parse($0.1) } ?? .object(JSONObject())
            let changes = JSON.diff(before, document)
            if changes.isEmpty, let newest { return AppliedOrganisation(version: newest.0, changes: []) }
            try await transaction.write(organisation, at: now)
            try await transaction.write(people: organisation.people, at: now)
            try await transaction.write(rostersOf: organisation)
            let left: SQL = "select id from person where left_at = \(now) limit 1"
            if try await transaction.first(left, as: PersonID.self) != nil {
                try await transaction.enqueue(ReleaseTickets())
            }
            if newest != nil, Self.partsOfTerms.contains(where: { document[$0] != before[$0] }) {
                try await transaction.leaveTerms()
            }
            try await transaction.leaveStrandedTickets(since: now)
            let teams = try await transaction.teams(seenOtherwiseThan: before, in: organisation)
            if !teams.isEmpty { try await transaction.enqueue(RefreshAccess(teams: teams)) }
            let version = try await transaction.first(
                """
                insert into organisation (applied_at, applied_by, document)
                values (\(now), \(author), \(document.text)) returning version
                """, as: Int64.self)
            return AppliedOrganisation(version: version ?? 0, changes: changes)
        }
    }

    /// The document in force as it was applied, or nil before the first.
    public func organisation() async throws -> Organisation? {
        let text = try await database.first(
            "select document from organisation order by version desc limit 1", as: String.self)
        return try text.map { try Organisation(json: JSON.parse($0)) { [zones] in try zones.zone($0) } }
    }
}

extension Transaction {
    /// The rows that other rows point at, in the order in which they point at one another.
    borrowing func write(_ organisation: Organisation, at now: Moment) async throws {
        try await write(feeds: organisation, at: now)
        let feeds = try await feedDays()
        for (code, definition) in organisation.calendars {
            try await write(calendar: code, definition.counting(feed: feeds[code] ?? []), at: now)
        }
        for site in organisation.sites {
            try await run(
                """
                insert into site (code, name, language, zone)
                values (\(site.code), \(site.name), \(site.language), \(site.zone))
                on conflict (code) do update set name = excluded.name, language = excluded.language,
                    zone = excluded.zone
                """)
        }
        for team in organisation.teams {
            try await run(
                """
                insert into team (code, name, site, tier, calendar, confidential)
                values (\(team.code), \(team.name), (select id from site where code = \(team.sites.first)),
                    \(team.tier), \(organisation.calendar(of: team)), \(team.isConfidential))
                on conflict (code) do update set name = excluded.name, site = excluded.site, tier = excluded.tier,
                    calendar = excluded.calendar, confidential = excluded.confidential
                """)
        }
        for position in organisation.positions {
            try await run(
                """
                insert into position (code, name, team)
                values (\(position.code), \(position.name), (select id from team where code = \(position.team)))
                on conflict (code) do update set name = excluded.name, team = excluded.team
                """)
        }
        for category in organisation.categories {
            try await run("insert into category (code) values (\(category.code)) on conflict (code) do nothing")
        }
        for category in organisation.categories {
            try await run(
                """
                update category set parent = (select id from category where code = \(category.parent))
                where code = \(category.code)
                """)
        }
        for supplier in organisation.suppliers {
            try await run(
                """
                insert into supplier (code, name, fields)
                values (\(supplier.code), \(supplier.name), \(supplier.fields.map(\.rawValue)))
                on conflict (code) do update set name = excluded.name, fields = excluded.fields
                """)
        }
        try await retire(organisation, at: now)
        try await run(
            """
            insert into scope (kind, subject)
            select 'site', id from site union all select 'supplier', id from supplier
            union all select 'team', id from team where confidential on conflict do nothing
            """)
    }

    /// A calendar is never edited: different hours are a new version from now on.
    private borrowing func write(calendar code: String, _ definition: CalendarDefinition, at now: Moment) async throws {
        let latest = try await first(
            "select definition from calendar_version where calendar = \(code) order by valid_from desc limit 1",
            as: String.self)
        // Not the texts: days in another order are the same calendar.
        if let latest, try JSON.diff(JSON.parse(latest), definition.json).isEmpty { return }
        try await run(
            """
            insert into calendar_version (calendar, valid_from, zone, definition)
            select \(code)::text, greatest(\(now)::timestamptz, max(valid_from) + interval '1 microsecond'),
                \(definition.zone)::text, \(definition.json.text)::text
            from calendar_version where calendar = \(code)
            """)
    }

    private borrowing func retire(_ organisation: Organisation, at now: Moment) async throws {
        let named: [(String, [String])] = [
            ("site", organisation.sites.map(\.code)), ("team", organisation.teams.map(\.code)),
            ("position", organisation.positions.map(\.code)), ("category", organisation.categories.map(\.code)),
            ("supplier", organisation.suppliers.map(\.code)),
        ]
        for (table, codes) in named {
            try await run(
                """
                update \(identifier: table) set retired_at = case when code = any (\(codes)) then null else \(now) end
                where (code = any (\(codes))) = (retired_at is not null)
                """)
        }
    }
}
