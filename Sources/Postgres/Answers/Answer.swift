import CPostgres

/// What the server answered to one statement.
// Safe: a `PGresult` is read-only once it is complete, and libpq allows it to be read from any thread; it is freed
// once.
final class Answer: @unchecked Sendable {
    private let pointer: OpaquePointer

    init(owning pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        PQclear(pointer)
    }

    var status: ExecStatusType { PQresultStatus(pointer) }

    var rowCount: Int { Int(PQntuples(pointer)) }

    /// How many rows the statement inserted, changed, deleted or selected; 0 for one that does none of these.
    var affectedRows: Int {
        PQcmdTuples(pointer).flatMap { Int(String(cString: $0)) } ?? 0
    }

    /// What the server says that it did, such as `INSERT 0 1`.
    var commandTag: String {
        PQcmdStatus(pointer).map { String(cString: $0) } ?? ""
    }

    var isFailure: Bool {
        status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE || status == PGRES_PIPELINE_ABORTED
    }

    /// Reads every row with `read`, which must read all of its columns.
    func rows<Row>(
        limit: Int = .max, at origin: CallSite,
        _ read: (inout RowReader) throws(UndecodableColumn) -> Row
    ) throws(DatabaseError) -> [Row] {
        var rows: [Row] = []
        let count = min(rowCount, limit)
        rows.reserveCapacity(count)
        for index in 0..<count {
            do {
                var reader = RowReader(answer: pointer, row: Int32(index))
                rows.append(try read(&reader))
                try reader.finish()
            } catch {
                throw DatabaseError(.undecodable(error), at: origin)
            }
        }
        return rows
    }

    /// What stands in a column of texts, apart from null; nothing if there is no such column.
    func texts(ofColumn name: String) -> [String] {
        let column = PQfnumber(pointer, name)
        guard column >= 0 else { return [] }
        return (0..<Int32(rowCount)).compactMap { row in
            guard PQgetisnull(pointer, row, column) == 0 else { return nil }
            return PQgetvalue(pointer, row, column).map { String(cString: $0) }
        }
    }

    /// Whether the server waits for, or is about to send, the data of a `COPY`.
    var movesCopyData: Bool {
        status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH
    }

    /// The server's code for its refusal.
    var sqlState: SQLState? {
        Diagnostic.state.text(of: pointer).map(SQLState.init(rawValue:))
    }

    /// The server's refusal as an error.
    func error(at origin: CallSite) -> DatabaseError {
        guard let sqlState else {
            let message = PQresultErrorMessage(pointer).map { String(cString: $0) } ?? ""
            return DatabaseError(.unreachable, report: message.trimmed, at: origin)
        }
        let parts = [Diagnostic.message, .detail, .hint, .context].compactMap { $0.text(of: pointer) }
        return DatabaseError(
            .rejected(sqlState, constraint: Diagnostic.constraint.text(of: pointer)),
            report: parts.joined(separator: " / "),
            table: Diagnostic.table.text(of: pointer),
            at: origin)
    }
}

extension String {
    /// The text without white space at its ends; messages of libpq end in a line feed.
    var trimmed: String {
        let start = drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...last])
    }
}
