import CPostgres

extension Connection {
    /// What has been sent and will be answered, one answer for each.
    enum Step: Sendable {
        case prepare(StatementCache.Key, name: String)
        case execute(StatementCache.Key)
        /// Gives up a prepared statement.
        case forget
        /// The end of what succeeds or fails together.
        case mark
    }

    /// Hands the statements to libpq; nil if it refused one.
    func send(_ statements: [Statement]) -> [Step]? {
        guard var steps = sendSurplus() else { return nil }
        /// Names that are being prepared in this very exchange.
        var names: [StatementCache.Key: String] = [:]
        for statement in statements {
            let key = StatementCache.Key(text: statement.text, types: statement.parameters.types)
            var name = cache?.name(of: key) ?? names[key]
            if name == nil, let newName = cache?.newName() {
                guard prepare(statement, as: newName) else { return nil }
                steps.append(.prepare(key, name: newName))
                names[key] = newName
                name = newName
            }
            guard execute(statement, as: name) else { return nil }
            steps.append(.execute(key))
        }
        guard PQpipelineSync(handle.pointer) != 0 else { return nil }
        return steps + [.mark]
    }

    /// Gives up what need not stay prepared, apart from what follows, as it may fail. Inside of a transaction it would
    /// break that, so it waits for the end of it.
    private func sendSurplus() -> [Step]? {
        guard !surplusStatements.isEmpty, PQtransactionStatus(handle.pointer) == PQTRANS_IDLE else { return [] }
        defer { surplusStatements = [] }
        var steps: [Step] = []
        for name in surplusStatements {
            guard execute(Statement("deallocate \(identifier: name)"), as: nil), PQpipelineSync(handle.pointer) != 0
            else { return nil }
            steps += [.forget, .mark]
        }
        return steps
    }

    private func prepare(_ statement: Statement, as name: String) -> Bool {
        let types = statement.parameters.types
        return PQsendPrepare(handle.pointer, name, statement.text, Int32(types.count), types) != 0
    }

    private func execute(_ statement: Statement, as name: String?) -> Bool {
        let parameters = statement.parameters
        let count = Int32(parameters.count)
        let formats = [Int32](repeating: 1, count: parameters.count)
        return parameters.withPointers { values in
            if let name {
                return PQsendQueryPrepared(
                    handle.pointer, name, count, values, parameters.lengths, formats, 1) != 0
            }
            return PQsendQueryParams(
                handle.pointer, statement.text, count, parameters.types, values, parameters.lengths, formats, 1) != 0
        }
    }

    /// Keeps the list of prepared statements in step with the server.
    func settle(_ step: Step, _ answer: Answer) {
        switch step {
        case .prepare(let key, let name):
            guard answer.status == PGRES_COMMAND_OK else { return }
            if let surplus = cache?.prepared(key, as: name) { surplusStatements.append(surplus) }
        case .execute(let key):
            guard answer.status == PGRES_FATAL_ERROR else { return }
            let state = answer.sqlState
            if state == .readOnlyTransaction { isReadOnly = true }
            // The table has changed under the statement, or a pooler has given us another session.
            guard state == .featureNotSupported || state == .invalidStatementName else { return }
            if let name = cache?.forget(key) { surplusStatements.append(name) }
        case .forget, .mark:
            return
        }
    }
}
