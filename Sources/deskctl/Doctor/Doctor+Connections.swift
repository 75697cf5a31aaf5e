import DeskStore
import Postgres

extension Doctor {
    /// Whether the server has room for all that the programs may open at a time, not only for what is open.
    func connections() async throws -> String {
        let room: SQL = """
            select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
            """
        let most = try await store.database.first(room, as: Int.self) ?? 0
        let used = try await store.database.first("select count(*) from pg_stat_activity", as: Int.self) ?? 0
        let pools: SQL = """
            select count(*), coalesce(sum(pool), 0)::bigint from (
                select distinct application_name, substring(application_name from ' pool=([0-9]+)')::bigint as pool
                from pg_stat_activity
                where application_name ~ ' pool=[0-9]{1,9}' and application_name not like 'deskctl %'
            ) program
            """
        let (programs, sum) = try await store.database.first(pools, as: (Int, Int).self) ?? (0, 0)
        guard sum <= most else {
            throw Trouble(
                "the pools of the \(programs) programs that are running add up to \(sum) connections, and the server "
                    + "has room for \(most). Lower MERIDIAN_POOL or raise max_connections")
        }
        guard used < most * 9 / 10 else {
            throw Trouble("\(used) of \(most) are in use. Lower MERIDIAN_POOL or raise max_connections")
        }
        return "\(programs) programs may open \(sum) of \(most); \(used) are in use"
    }
}
