extension Double: PostgresValue {
    public static var postgresType: PostgresType { .float8 }

    public func write(to parameter: inout ParameterWriter) {
        parameter.write(bitPattern)
    }

    /// Reads `double precision` and `real` exactly, `numeric` as the nearest value, whole numbers up to 2^53.
    public init(from field: PostgresField) throws(UndecodableColumn) {
        switch field.typeNumber {
        case PostgresType.float8.number:
            self.init(bitPattern: try field.integer(as: UInt64.self))
        case PostgresType.float4.number:
            self.init(Float(bitPattern: try field.integer(as: UInt32.self)))
        case PostgresType.numeric.number:
            let number = try Numeric(from: field)
            guard let value = Double(number.description) else { throw field.mismatch(Double.self) }
            self = value
        case PostgresType.integer8.number, PostgresType.integer4.number, PostgresType.integer2.number:
            let whole = try Int64(from: field)
            guard let value = Double(exactly: whole) else {
                throw field.undecodable("holds \(whole), which does not fit Double exactly")
            }
            self = value
        default:
            throw field.mismatch(Double.self)
        }
    }
}
