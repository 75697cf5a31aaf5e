import CPostgres

/// Reads the columns of one row, from the first to the last.
public struct RowReader: ~Copyable {
    let answer: OpaquePointer
    let row: Int32
    private var next: Int32 = 0

    init(answer: OpaquePointer, row: Int32) {
        self.answer = answer
        self.row = row
    }

    /// The next column.
    public mutating func read<Value: PostgresValue>(
        _ type: Value.Type = Value.self
    ) throws(UndecodableColumn) -> Value {
        let column = next
        guard column < PQnfields(answer) else {
            throw UndecodableColumn(
                index: Int(column), name: "none", reason: "is asked for, but the row has only \(column) columns")
        }
        next += 1
        return try Value(from: field(column))
    }

    /// Throws if columns are left: a row type and its list of columns have then come apart.
    func finish() throws(UndecodableColumn) {
        guard next == PQnfields(answer) else {
            throw field(next).undecodable("was answered but not read")
        }
    }

    private func field(_ column: Int32) -> PostgresField {
        let place = PostgresField.Column(index: Int(column), answer: answer)
        let type = PQftype(answer, column)
        if PQgetisnull(answer, row, column) != 0 { return PostgresField(bytes: nil, type: type, column: place) }
        let bytes = UnsafeRawBufferPointer(
            start: PQgetvalue(answer, row, column), count: Int(PQgetlength(answer, row, column)))
        return PostgresField(bytes: bytes, type: type, column: place)
    }
}
