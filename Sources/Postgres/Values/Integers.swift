extension PostgresValue where Self: FixedWidthInteger {
    public func write(to parameter: inout ParameterWriter) {
        parameter.write(self)
    }

    /// Reads any of PostgreSQL's whole numbers, and a `numeric` without a fraction, if it fits.
    public init(from field: PostgresField) throws(UndecodableColumn) {
        if field.typeNumber == PostgresType.numeric.number {
            let number = try Numeric(from: field)
            guard let value = number.whole.flatMap(Self.init(exactly:)) else {
                throw field.undecodable("holds \(number), which does not fit \(Self.self)")
            }
            self = value
            return
        }
        let wide = try field.wideInteger(for: Self.self)
        guard let value = Self(exactly: wide) else {
            throw field.undecodable("holds \(wide), which does not fit \(Self.self)")
        }
        self = value
    }
}

extension PostgresField {
    fileprivate func wideInteger(for wanted: Any.Type) throws(UndecodableColumn) -> Int128 {
        switch typeNumber {
        case PostgresType.integer8.number: Int128(try integer(as: Int64.self))
        case PostgresType.integer4.number: Int128(try integer(as: Int32.self))
        case PostgresType.integer2.number: Int128(try integer(as: Int16.self))
        case PostgresType.objectNumber.number: Int128(try integer(as: UInt32.self))
        case PostgresType.transaction8.number: Int128(try integer(as: UInt64.self))
        default: throw mismatch(wanted)
        }
    }
}

extension Int16: PostgresValue {
    public static var postgresType: PostgresType { .integer2 }
}

extension Int32: PostgresValue {
    public static var postgresType: PostgresType { .integer4 }
}

extension Int64: PostgresValue {
    public static var postgresType: PostgresType { .integer8 }
}

extension Int: PostgresValue {
    public static var postgresType: PostgresType { .integer8 }
}
