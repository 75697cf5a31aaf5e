/// An array of bytes is `bytea`.
extension UInt8: PostgresElement {
    public static var postgresArrayType: PostgresType { .bytes }

    public static func write(array: [UInt8], to parameter: inout ParameterWriter) {
        parameter.write(bytes: array)
    }

    public static func array(from field: PostgresField) throws(UndecodableColumn) -> [UInt8] {
        guard field.typeNumber == PostgresType.bytes.number else { throw field.mismatch([UInt8].self) }
        return [UInt8](try field.present())
    }
}
