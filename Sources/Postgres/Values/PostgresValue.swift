/// A value that can stand in a statement and in a column.
///
/// An enumeration or an identifier with a raw value conforms by saying so: `extension Ticket.State: PostgresValue {}`.
/// Values travel in PostgreSQL's binary format, so nothing is lost or reinterpreted on the way.
public protocol PostgresValue: PostgresElement {
    /// The type that a parameter of this Swift type has in a statement.
    static var postgresType: PostgresType { get }

    /// Writes the value in the binary format of ``postgresType``.
    func write(to parameter: inout ParameterWriter)

    /// Reads a field of a row.
    init(from field: PostgresField) throws(UndecodableColumn)
}

/// A value that can be an element of an array parameter or array column.
///
/// Every ``PostgresValue`` is one. So is `UInt8`, although it is no value by itself: an array of bytes is `bytea`.
public protocol PostgresElement: Sendable {
    static var postgresArrayType: PostgresType { get }
    static func write(array: [Self], to parameter: inout ParameterWriter)
    static func array(from field: PostgresField) throws(UndecodableColumn) -> [Self]
}

extension PostgresValue where Self: RawRepresentable, RawValue: PostgresValue {
    public static var postgresType: PostgresType { RawValue.postgresType }

    public func write(to parameter: inout ParameterWriter) {
        rawValue.write(to: &parameter)
    }

    public init(from field: PostgresField) throws(UndecodableColumn) {
        let raw = try RawValue(from: field)
        guard let value = Self(rawValue: raw) else {
            throw field.undecodable("holds \"\(raw)\", which is no \(Self.self)")
        }
        self = value
    }
}
