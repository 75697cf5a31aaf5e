import DeskTestSupport
import Postgres
import PostgresTestSupport
import Testing

@Suite("The roles of the programs", .database(template: TestDesk.template))
struct GrantTests {
    private let roles = ["meridian_intake", "meridian_routing", "meridian_supplier", "meridian_reporting"]

    /// The tables of which a role may not do something.
    private func holders(of privilege: String, among roles: [String]) async throws -> [String] {
        try await TestDatabase.current.all(
            """
            select r.role || ' ' || t.relname from unnest(\(roles)) r (role), pg_class t
            where t.relnamespace = 'public'::regnamespace and t.relkind in ('r', 'p')
                and has_table_privilege(r.role, t.oid, \(privilege)) order by 1
            """, as: String.self)
    }

    @Test("No program owns, truncates, or points foreign keys at a table, and none passes by the row-level security")
    func powers() async throws {
        for privilege in ["truncate", "references", "trigger"] {
            #expect(try await holders(of: privilege, among: roles) == [], "\(privilege)")
        }
        let strong = try await TestDatabase.current.all(
            """
            select rolname from pg_roles where rolname = any (\(roles))
                and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)
            """, as: String.self)
        #expect(strong == [])
        let creators = try await TestDatabase.current.all(
            "select r from unnest(\(roles)) r where has_schema_privilege(r, 'public', 'create')", as: String.self)
        #expect(creators == [])
    }

    @Test("What happened and what was written is only added to, and only one function writes who sees what")
    func appendOnly() async throws {
        for privilege in ["update", "delete"] {
            let held = try await holders(of: privilege, among: roles)
            for table in ["event", "entry", "attachment", "blob", "blob_chunk", "letter", "ticket_access"] {
                #expect(!held.contains { $0.hasSuffix(" \(table)") }, "\(privilege) on \(table)")
            }
        }
        #expect(try await !holders(of: "insert", among: roles).contains { $0.hasSuffix(" ticket_access") })
        #expect(try await !holders(of: "delete", among: roles).contains { $0.hasSuffix(" ticket") })
    }

    @Test("Only the operator writes the organisation, rights, accounts, tokens and secrets")
    func organisation() async throws {
        let guarded = [
            "organisation", "scope", "site", "calendar_version", "team", "position", "category", "supplier",
            "position_holder", "role_grant", "roster_week", "secret", "schema_migration",
        ]
        for privilege in ["insert", "update", "delete"] {
            let held = try await holders(of: privilege, among: roles)
            for table in guarded { #expect(!held.contains { $0.hasSuffix(" \(table)") }, "\(privilege) on \(table)") }
        }
        #expect(try await !holders(of: "insert", among: roles).contains { $0.hasSuffix(" account") })
        #expect(try await !holders(of: "insert", among: roles).contains { $0.hasSuffix(" api_token") })
        let ofPerson = try await TestDatabase.current.all(
            """
            select a.attname from pg_attribute a where a.attrelid = 'person'::regclass and a.attnum > 0
                and has_column_privilege('meridian_intake', 'person', a.attname, 'update') order by 1
            """, as: String.self)
        #expect(ofPerson == ["class", "home_site", "language", "name", "organisation", "relation"])
    }

    @Test("Each role reads what its work needs and not what others keep")
    func reading() async throws {
        let closed = [
            "meridian_reporting": [
                "ticket", "entry", "attachment", "blob", "blob_chunk", "letter", "delivery", "inbound_mail", "secret",
                "supplier_message", "supplier_receipt", "leg", "clock", "idempotency",
            ],
            "meridian_routing": ["account", "session", "secret", "api_token", "idempotency", "throttle"],
            "meridian_supplier": [
                "account", "session", "api_token", "idempotency", "throttle", "delivery",
            ],
        ]
        for (role, tables) in closed {
            let held = try await holders(of: "select", among: [role])
            for table in tables { #expect(!held.contains("\(role) \(table)")) }
        }
    }
}
