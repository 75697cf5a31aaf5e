extension String: PostgresValue {
    public static var postgresType: PostgresType { .text }

    public func write(to parameter: inout ParameterWriter) {
        parameter.write(self)
    }

    /// Reads the text types, JSON, enumerations, `numeric` in its decimal form and `uuid`.
    ///
    /// Whatever else is wanted as text is cast in the query: `started_at::text`.
    public init(from field: PostgresField) throws(UndecodableColumn) {
        let bytes = try field.present()
        switch field.typeNumber {
        case PostgresType.text.number, PostgresType.limitedText.number, PostgresType.paddedText.number,
            PostgresType.name.number, PostgresType.json.number, PostgresType.xml.number,
            PostgresType.character.number, PostgresType.unknown.number, PostgresType.firstOwnNumber...:
            self.init(decoding: bytes, as: UTF8.self)
        case PostgresType.jsonb.number:
            self = try JSONText(from: field).text
        case PostgresType.numeric.number:
            self = try Numeric(from: field).description
        default:
            throw field.mismatch(String.self)
        }
    }
}
