extension Transaction {
    /// Adds rows to a table by `COPY`: by far the fastest way to add many, in constant memory.
    ///
    /// ```swift
    /// let count = try await transaction.copy(into: "note (ticket, text)") { rows in
    ///     for try await note in notes { try await rows.append(note.ticket, note.text) }
    /// }
    /// ```
    /// Values travel in binary format, which the server does not convert: each must be of the very type of its column,
    /// `Int32` for `integer` and `Int` for `bigint`.
    /// - Parameter target: the table and, in parentheses, its columns.
    /// - Returns: how many rows were added.
    /// - Throws: what `body` throws, or a ``DatabaseError``. The transaction is then of no more use.
    @discardableResult
    public func copy(
        into target: SQL, file: StaticString = #fileID, line: UInt = #line,
        _ body: (inout CopiedRows) async throws -> Void
    ) async throws -> Int {
        try await copyIn("copy \(target) from stdin (format binary)", file: file, line: line) { data in
            var rows = CopiedRows(data)
            try await body(&rows)
            try await rows.end()
        }
    }

    /// Sends data of any format to a `copy … from stdin`, in constant memory.
    ///
    /// - Returns: how many rows were added.
    /// - Throws: what `body` throws, or a ``DatabaseError``. The transaction is then of no more use.
    @discardableResult
    public func copyIn(
        _ statement: SQL, file: StaticString = #fileID, line: UInt = #line,
        _ body: (CopiedData) async throws -> Void
    ) async throws -> Int {
        let origin = CallSite(file: file, line: line)
        try await performWaiting(at: origin)
        return try await connection.copy(Statement(statement), .toServer, at: origin) {
            try await body(CopiedData(connection: connection, origin: origin))
        }
    }

    /// Hands what a `copy … to stdout` answers to `body`, in constant memory: whole rows, some tens of thousands of
    /// bytes at a time. While `body` works the server waits.
    ///
    /// - Returns: how many rows there were.
    /// - Throws: what `body` throws, or a ``DatabaseError``. The transaction is then of no more use.
    @discardableResult
    public func copyOut(
        _ statement: SQL, file: StaticString = #fileID, line: UInt = #line,
        _ body: ([UInt8]) async throws -> Void
    ) async throws -> Int {
        let origin = CallSite(file: file, line: line)
        try await performWaiting(at: origin)
        return try await connection.copy(Statement(statement), .fromServer, at: origin) {
            while true {
                let (bytes, isLast) = try await connection.nextCopyData(at: origin)
                if !bytes.isEmpty { try await body(bytes) }
                if isLast { return }
            }
        }
    }
}

/// Where the data of a `COPY` goes.
public struct CopiedData: Sendable {
    let connection: Connection
    let origin: CallSite

    /// Sends data, in stretches of any length; a row may begin in one and end in the next. Returns when the server has
    /// room for more, so that memory stays constant.
    public func append(_ bytes: [UInt8]) async throws(DatabaseError) {
        try await connection.sendCopyData(bytes, at: origin)
    }
}

/// Where the rows of a `COPY` go.
public struct CopiedRows: ~Copyable {
    private let data: CopiedData
    private var writer = ParameterWriter(bytes: Self.header)

    init(_ data: CopiedData) { self.data = data }

    /// Adds a row: one value for each column, in their order.
    public mutating func append<each Value: PostgresValue>(
        _ values: repeat each Value
    ) async throws(DatabaseError) {
        var count: Int16 = 0
        for _ in repeat each values { count += 1 }
        writer.write(count)
        for value in repeat each values {
            _ = writer.element { value.write(to: &$0) }
        }
        if writer.bytes.count >= Connection.copyChunk { try await send() }
    }

    mutating func end() async throws(DatabaseError) {
        writer.write(Int16(-1))
        try await send()
    }

    private mutating func send() async throws(DatabaseError) {
        try await data.append(writer.bytes)
        writer.bytes.removeAll(keepingCapacity: true)
    }

    /// What a `COPY` in binary format begins with: a signature, no flags, no extension.
    private static let header = Array("PGCOPY\n".utf8) + [0xFF] + Array("\r\n".utf8) + [UInt8](repeating: 0, count: 9)
}
