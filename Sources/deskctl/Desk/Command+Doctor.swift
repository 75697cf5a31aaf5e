import Desk
import DeskSchema
import DeskStore
import JSON
import Jobs
import Moments
import Postgres
import Runtime
import Secrets

extension Command {
    static let doctor = Command(
        words: ["doctor"], summary: "Check everything that an operator would be asked about",
        details: "Each line says what was looked at and how it is. Ends with 1 if anything is wrong.",
        options: [.data, .json]
    ) { invocation in
        let connection = try DeskConnection(invocation)
        return try await connection.withStore { store in
            let findings = await Doctor(store: store, connection: connection).findings()
            if invocation.has("--json") {
                let rows = findings.map { finding in
                    JSON.object([
                        "check": finding.name, "ok": finding.fault == nil, "detail": finding.fault ?? finding.detail,
                    ])
                }
                Terminal.write(JSON.array(rows).text, to: .output)
            } else {
                let rows = findings.map { [$0.fault == nil ? "ok" : "WRONG", $0.name, $0.fault ?? $0.detail] }
                Terminal.write(Table.text(headings: ["", "check", "finding"], rows: rows), to: .output)
            }
            return findings.allSatisfy { $0.fault == nil } ? .success : ExitStatus(rawValue: 1)
        }
    }
}

/// Looks at a desk as somebody would who was called because it does not work.
private struct Doctor: Sendable {
    let store: DeskStore
    let connection: DeskConnection

    struct Finding: Sendable {
        let name: String
        var detail = ""
        var fault: String?
    }

    func findings() async -> [Finding] {
        [
            await look("database") {
                let version = try await store.database.first("select version()", as: String.self) ?? ""
                return String(version.prefix(30))
            },
            await look("schema") {
                try await Migrator(store.database, migrations: deskSchema).check(programNumber: 1)
                return "\(deskSchema.count) steps have run"
            },
            await look("organisation") {
                let directory = try await store.directory()
                return "version \(directory.version), \(directory.organisation.sites.count) sites"
            },
            await look("secrets") {
                let suppliers = try await store.directory().organisation.suppliers
                let wanted = suppliers.flatMap { [$0.outgoingSecret, $0.incomingSecret] }
                let secrets = SecretStore(store, keys: try connection.masterKeys())
                let missing = Set(wanted).subtracting(try await secrets.names()).sorted()
                guard missing.isEmpty else {
                    throw Trouble("not set: \(missing.joined(separator: ", ")). Run: deskctl secret set NAME")
                }
                return "\(wanted.count) are set"
            },
            await look("mail out") {
                guard connection.settings["MERIDIAN_SMTP"] != nil else {
                    return "MERIDIAN_SMTP is not set here; where it is not set for routing-worker, letters wait"
                }
                return "MERIDIAN_SMTP is set"
            },
            await look("connections") {
                let setting: SQL = "select current_setting('max_connections')::int"
                let most = try await store.database.first(setting, as: Int.self) ?? 0
                let used = try await store.database.first("select count(*) from pg_stat_activity", as: Int.self) ?? 0
                guard used < most * 9 / 10 else {
                    throw Trouble("\(used) of \(most) are in use; lower MERIDIAN_POOL or raise max_connections")
                }
                return "\(used) of \(most) are in use"
            },
            await look("queue") {
                let stats = try await JobLedger(store.database).stats()
                let dead = stats.map(\.dead).reduce(0, +)
                guard dead == 0 else { throw Trouble("\(dead) jobs were given up. Run: deskctl jobs dead") }
                let oldest = stats.map(\.oldestAge.components.seconds).max() ?? 0
                return "nothing was given up; the oldest job has waited \(oldest) s"
            },
        ]
    }

    private struct Trouble: Error, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }
    }

    private func look(_ name: String, _ check: () async throws -> String) async -> Finding {
        do { return Finding(name: name, detail: try await check()) } catch {
            return Finding(name: name, fault: "\(error)")
        }
    }
}
