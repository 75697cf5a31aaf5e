import Moments

/// A duration is an `interval` of microseconds. What is finer than a microsecond is cut off.
extension Duration: PostgresValue {
    public static var postgresType: PostgresType { .interval }

    public func write(to parameter: inout ParameterWriter) {
        parameter.write(wholeMicroseconds)
        parameter.write(Int32(0))
        parameter.write(Int32(0))
    }

    /// Reads an interval without months, a day taken as 24 hours.
    public init(from field: PostgresField) throws(UndecodableColumn) {
        guard field.typeNumber == PostgresType.interval.number else { throw field.mismatch(Duration.self) }
        let bytes = try field.present()
        guard bytes.count == 16 else { throw field.malformed() }
        let microseconds = Int64(bigEndian: bytes.loadUnaligned(as: Int64.self))
        let days = Int32(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: Int32.self))
        let months = Int32(bigEndian: bytes.loadUnaligned(fromByteOffset: 12, as: Int32.self))
        guard months == 0 else { throw field.undecodable("counts months, which have no fixed length") }
        self = .microseconds(microseconds) + .seconds(Int64(days) * 86_400)
    }
}
