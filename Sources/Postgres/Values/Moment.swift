public import Moments

/// A moment is a `timestamptz`: the same instant to the microsecond, whatever zone the session has.
extension Moment: PostgresValue {
    public static var postgresType: PostgresType { .timestampWithZone }

    /// From 1970, where moments count from, to 2000, where PostgreSQL does.
    private static let epochOfPostgreSQL: Int64 = 946_684_800_000_000

    /// A moment before 290,000 BC is no timestamp; it is sent as one that the server refuses as out of range.
    public func write(to parameter: inout ParameterWriter) {
        let (since2000, tooEarly) = microseconds.subtractingReportingOverflow(Self.epochOfPostgreSQL)
        parameter.write(tooEarly ? Int64.min + 1 : since2000)
    }

    public init(from field: PostgresField) throws(UndecodableColumn) {
        guard field.typeNumber == PostgresType.timestampWithZone.number else { throw field.mismatch(Moment.self) }
        let since2000 = try field.integer(as: Int64.self)
        let (microseconds, tooLate) = since2000.addingReportingOverflow(Self.epochOfPostgreSQL)
        guard since2000 != .min, !tooLate else {
            throw field.undecodable("is infinite or later than any moment")
        }
        self.init(microseconds: microseconds)
    }
}
