import CPostgres

extension Connection {
    /// Runs the statements of a script, which has no parameters and whose rows nobody reads.
    ///
    /// Outside of a transaction the whole script is one, unless it says otherwise itself.
    func run(script: String, at origin: CallSite) async throws(DatabaseError) {
        if script.utf8.contains(0) {
            throw DatabaseError(.misused, report: "the script holds a zero byte", at: origin)
        }
        _ = try await conduct(.askServer, at: origin) {
            await self.performScript(script, at: origin)
        }
    }

    /// Scripts cannot be sent in pipeline mode, which is therefore left for so long.
    private func performScript(_ script: String, at origin: CallSite) async -> Result<[Answer], DatabaseError> {
        guard PQexitPipelineMode(handle.pointer) != 0, PQsendQuery(handle.pointer, script) != 0, await flush() else {
            return .failure(lost(at: origin))
        }
        var refusal: Answer?
        while true {
            guard let next = await nextResult() else { return .failure(lost(at: origin)) }
            guard let answer = next else { break }
            if answer.movesCopyData {
                breakOff("a script cannot copy from standard input or to standard output")
                return .failure(DatabaseError(.misused, report: fault ?? "", at: origin))
            }
            if refusal == nil, answer.isFailure { refusal = answer }
        }
        guard PQenterPipelineMode(handle.pointer) != 0 else { return .failure(lost(at: origin)) }
        guard let refusal else { return .success([]) }
        return .failure(describe(refusal, at: origin))
    }
}
