public import FoundationEssentials

extension UUID: PostgresValue {
    public static var postgresType: PostgresType { .uuid }

    public func write(to parameter: inout ParameterWriter) {
        withUnsafeBytes(of: uuid) { parameter.write(bytes: $0) }
    }

    public init(from field: PostgresField) throws(UndecodableColumn) {
        guard field.typeNumber == PostgresType.uuid.number else { throw field.mismatch(UUID.self) }
        let bytes = try field.present()
        guard bytes.count == 16 else { throw field.malformed() }
        self.init(uuid: bytes.loadUnaligned(as: uuid_t.self))
    }
}
