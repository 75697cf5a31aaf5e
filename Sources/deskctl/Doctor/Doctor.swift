import Desk
import DeskProgram
import DeskSchema
import DeskStore
import Jobs
import Moments
import Postgres
import Runtime
import Secrets

/// Looks at a desk as somebody would who was called because it does not work.
struct Doctor: Sendable {
    let store: DeskStore
    let connection: DeskConnection

    /// What was looked at, and how it is.
    struct Finding: Sendable {
        let name: String
        var detail = ""
        var fault: String?
    }

    /// What is wrong, and what helps.
    struct Trouble: Error, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }
    }

    func findings() async -> [Finding] {
        [
            await look("database") {
                let version = try await store.database.first("select version()", as: String.self) ?? ""
                return String(version.prefix(30))
            },
            await look("schema") {
                let migrator = Migrator(store.database, migrations: deskSchema)
                try await migrator.check(programNumber: DeskProgram.number)
                return "\(deskSchema.count) steps have run"
            },
            await look("organisation") {
                let directory = try await store.directory()
                return "version \(directory.version), \(directory.organisation.sites.count) sites"
            },
            await look("holidays", holidays),
            await look("automation", automation),
            await look("deadlines", deadlines),
            await look("secrets", secrets),
            await look("mail out", lettersOut),
            await look("mail in", parkedMail),
            await look("connections", connections),
            await look("queue", queue),
        ]
    }

    private func look(_ name: String, _ check: () async throws -> String) async -> Finding {
        do { return Finding(name: name, detail: try await check()) } catch {
            return Finding(name: name, fault: "\(error)")
        }
    }

    private func holidays() async throws -> String {
        let feeds = try await store.holidayFeeds()
        let bad = feeds.compactMap { feed in feed.fault.map { "\(feed.calendar): \($0)" } }
        guard bad.isEmpty else {
            throw Trouble("\(bad.joined(separator: "; ")). What these feeds named before holds on")
        }
        return feeds.isEmpty ? "no calendar takes them from a feed" : "\(feeds.count) feeds are in order"
    }

    private func secrets() async throws -> String {
        let suppliers = try await store.directory().organisation.suppliers
        let wanted = suppliers.flatMap(\.connector.terms.secrets)
        let secrets = SecretStore(store, keys: try connection.masterKeys())
        let missing = Set(wanted).subtracting(try await secrets.names()).sorted()
        guard missing.isEmpty else {
            throw Trouble("not set: \(missing.joined(separator: ", ")). Run: deskctl secret set NAME")
        }
        return "\(wanted.count) are set"
    }

    private func queue() async throws -> String {
        let stats = try await JobLedger(store.database).stats()
        let dead = stats.map(\.dead).reduce(0, +)
        guard dead == 0 else { throw Trouble("\(dead) jobs were given up. Run: deskctl jobs dead") }
        let oldest = stats.map(\.oldestAge.components.seconds).max() ?? 0
        return "nothing was given up; the oldest job has waited \(oldest) s"
    }
}
