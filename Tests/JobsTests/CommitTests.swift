import Postgres
import PostgresTestSupport
import TallyTestSupport
import Testing

@testable import Jobs

@Suite("What the commits of a worker wait for", .database(template: .queue), .timeLimit(.minutes(5)))
struct CommitTests {
    /// Has each change of a job noted with the setting under which it is committed.
    private static let noting = """
        create table noted (what text, setting text);
        create function note_setting() returns trigger language plpgsql as $$
        begin
            insert into noted values (coalesce(new.state, 'ended'), current_setting('synchronous_commit'));
            return null;
        end
        $$;
        create trigger note_setting after update or delete on jobs.job for each row execute function note_setting();
        do $$ begin execute format('alter database %I set synchronous_commit = on', current_database()); end $$
        """

    /// - Returns: what was noted while a worker did one job.
    private func noted(key: String? = nil) async throws -> [String] {
        let own = try TestDatabase.own
        try await own.database.run(script: Self.noting)
        let database = own.open()
        let (bench, handled) = (TestWorker(on: database), Tally<Int>())
        let handler = JobHandler(for: Note.self) { note, _ in
            handled.note(note.number)
            return .done
        }
        try await bench.leave(Note(number: 1), key: key)
        try await bench.run([handler]) { await handled.reaches(1) }
        let noted = try await database.all("select what || ' ' || setting from noted order by what", as: String.self)
        await database.close()
        return noted
    }

    @Test("A claim alone does not wait for the disk, and the end of a job does")
    func claimInHaste() async throws {
        #expect(try await noted() == ["ended on", "running off"])
    }

    @Test("The claim of what has a key waits for the disk")
    func keyedClaim() async throws {
        #expect(try await noted(key: "one") == ["ended on", "running on"])
    }

    @Test("The claim of what has a limit waits for the disk")
    func limitedClaim() async throws {
        try await TestQueue().ledger().limit("notes", atOnce: 1)
        #expect(try await noted() == ["ended on", "running on"])
    }
}
