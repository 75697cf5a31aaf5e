extension Bool: PostgresValue {
    public static var postgresType: PostgresType { .boolean }

    public func write(to parameter: inout ParameterWriter) {
        parameter.write(UInt8(self ? 1 : 0))
    }

    public init(from field: PostgresField) throws(UndecodableColumn) {
        guard field.typeNumber == PostgresType.boolean.number else { throw field.mismatch(Bool.self) }
        self = try field.integer(as: UInt8.self) != 0
    }
}
