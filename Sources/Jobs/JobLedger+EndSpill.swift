import Postgres

extension JobLedger {
    /// Ends the rule of a queue at a site, or that for every site if nil: jobs go by the other one, or stay.
    ///
    /// - Returns: whether there was one.
    @discardableResult
    public func endSpill(_ queue: JobQueue, site: String? = nil) async throws -> Bool {
        try await database.run("delete from jobs.spill where queue = \(queue) and site = \(site ?? "*")") == 1
    }
}
