extension Optional: PostgresElement where Wrapped: PostgresValue {}

/// NULL is nil.
extension Optional: PostgresValue where Wrapped: PostgresValue {
    public static var postgresType: PostgresType { Wrapped.postgresType }

    public func write(to parameter: inout ParameterWriter) {
        if let self { self.write(to: &parameter) } else { parameter.writeNull() }
    }

    public init(from field: PostgresField) throws(UndecodableColumn) {
        self = field.isNull ? nil : try Wrapped(from: field)
    }
}
