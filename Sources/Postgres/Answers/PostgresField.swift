import CPostgres

/// One column of one row as it came from the server, valid only while it is being read.
public struct PostgresField {
    let bytes: UnsafeRawBufferPointer?
    /// The number of the type that the server names for it.
    let type: UInt32
    let column: Column

    /// Where the field stands, for the error that names it.
    struct Column {
        let index: Int
        /// The answer that the column is part of.
        let answer: OpaquePointer?

        var name: String {
            guard let name = PQfname(answer, Int32(index)) else { return "?" }
            return String(cString: name)
        }
    }

    public var isNull: Bool { bytes == nil }

    /// The number of the field's type in the catalogue of PostgreSQL.
    public var typeNumber: UInt32 { type }

    /// The bytes, or an error if the field is NULL.
    func present() throws(UndecodableColumn) -> UnsafeRawBufferPointer {
        guard let bytes else { throw undecodable("is NULL, which was not expected here") }
        return bytes
    }

    /// The bytes as an integer in network byte order; an error unless they have exactly its width.
    func integer<Integer: FixedWidthInteger>(as type: Integer.Type) throws(UndecodableColumn) -> Integer {
        let bytes = try present()
        guard bytes.count == MemoryLayout<Integer>.size else { throw malformed() }
        return Integer(bigEndian: bytes.loadUnaligned(as: Integer.self))
    }

    /// The error for this column; `reason` continues the sentence "Column 2 (subject) …".
    public func undecodable(_ reason: String) -> UndecodableColumn {
        UndecodableColumn(index: column.index, name: column.name, reason: reason)
    }

    /// The error for a type that the Swift type does not read.
    func mismatch(_ wanted: Any.Type) -> UndecodableColumn {
        undecodable("is of \(PostgresType.describe(type)), which \(wanted) does not read; cast it in the query")
    }

    func malformed() -> UndecodableColumn {
        undecodable("has \(bytes?.count ?? 0) bytes, which is no \(PostgresType.describe(type))")
    }
}
