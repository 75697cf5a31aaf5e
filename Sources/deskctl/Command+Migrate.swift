import DeskProgram
import DeskSchema
import DeskStore
import JSON
import Moments
import Postgres
import Runtime

extension Command {
    static let migrate = Command(
        words: ["migrate"], summary: "Bring the tables of the database up to date",
        details:
            "Any number may run at once: one does it, the others wait. Forward only; run it before new programs start.",
        options: [.flag("--status", "only tell which migrations have run"), .data, .json]
    ) { invocation in
        try await DeskConnection(invocation).withDatabase { database in
            let migrator = Migrator(database, migrations: deskSchema)
            if !invocation.has("--status") {
                let done = try await migrator.migrate(programNumber: DeskProgram.number)
                try await LogMonths(database).make(at: SystemTime().now)
                if !invocation.has("--json") {
                    let names = done.map { "\($0.number) (\($0.name))" }.joined(separator: ", ")
                    Terminal.write(done.isEmpty ? "The tables are up to date." : "Ran \(names).", to: .output)
                    return .success
                }
            }
            let status = try await migrator.status()
            Terminal.write(invocation.has("--json") ? JSON.array(status.map(\.form)).text : table(status), to: .output)
            return .success
        }
    }

    private static func table(_ status: [MigrationStatus]) -> String {
        Table.text(
            headings: ["NUMBER", "NAME", "RAN AT"],
            rows: status.map { migration in
                let note = migration.isEdited ? " (edited since)" : migration.isOurs ? "" : " (of a newer release)"
                return ["\(migration.number)", migration.name, (migration.appliedAt?.rfc3339 ?? "not yet") + note]
            })
    }
}

extension MigrationStatus {
    /// As `deskctl migrate --json` prints it.
    fileprivate var form: JSON {
        .object([
            "number": number, "name": name, "applied_at": appliedAt?.rfc3339, "is_edited": isEdited, "is_ours": isOurs,
        ])
    }
}
