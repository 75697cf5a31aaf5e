import Moments
import Postgres

/// Those who change tickets by the organisation in force have not ended for so long that nobody can change what is in
/// force; nothing was changed.
public struct OrganisationInUse: Error, CustomStringConvertible {
    /// For how long those who change what is in force wait for those who go by it. All who come later wait behind them,
    /// so it must not be long.
    public static let usualPatience = Duration.seconds(10)

    public let patience: Duration

    public var description: String {
        "For \(patience) somebody has been changing tickets without an end, so the organisation was left as it is. "
            + "Try again; where that does not help, look for sessions of the database that are idle in transaction."
    }
}

extension SQL {
    /// The advisory lock that those share who change tickets by the organisation in force; who changes that has it
    /// alone.
    static let organisation: SQL = "hashtext('meridian.organisation')"

    /// Takes that lock among those who share it.
    static let organisationHeld: SQL = "pg_advisory_xact_lock_shared(\(.organisation))"
}

extension Transaction {
    /// Whoever changes what is in force does it alone, when all have ended who go by it.
    ///
    /// - Throws: ``OrganisationInUse``, `DatabaseError`.
    borrowing func lockOrganisation(within patience: Duration = OrganisationInUse.usualPatience) async throws {
        let limit = "\(patience.wholeMicroseconds)us"
        do {
            _ = try await pipeline([
                "select set_config('lock_timeout', \(limit), true)",
                "select pg_advisory_xact_lock(\(.organisation))",
                "set local lock_timeout to default",
            ])
        } catch {
            guard error.sqlState == .lockNotAvailable else { throw error }
            throw OrganisationInUse(patience: patience)
        }
    }
}
