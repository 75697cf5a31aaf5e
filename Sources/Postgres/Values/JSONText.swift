/// JSON as text, for columns of type `jsonb` and `json`. The server checks it and may order its members anew.
public struct JSONText: PostgresValue, Hashable {
    public var text: String

    public init(_ text: String) {
        self.text = text
    }

    public static var postgresType: PostgresType { .jsonb }

    /// The version that stands before a `jsonb` in binary format.
    private static let version: UInt8 = 1

    public func write(to parameter: inout ParameterWriter) {
        parameter.write(Self.version)
        parameter.write(text)
    }

    public init(from field: PostgresField) throws(UndecodableColumn) {
        let bytes = try field.present()
        switch field.typeNumber {
        case PostgresType.jsonb.number:
            guard bytes.first == Self.version else { throw field.malformed() }
            text = String(decoding: bytes.dropFirst(), as: UTF8.self)
        case PostgresType.json.number, PostgresType.text.number:
            text = String(decoding: bytes, as: UTF8.self)
        default:
            throw field.mismatch(JSONText.self)
        }
    }
}
