/// A type of PostgreSQL, by the numbers under which its catalogue has it.
public struct PostgresType: Hashable, Sendable {
    /// The number of the type itself.
    public let number: UInt32
    /// The number of the type of arrays of it; 0 for an array type.
    public let arrayNumber: UInt32

    public init(number: UInt32, arrayNumber: UInt32) {
        self.number = number
        self.arrayNumber = arrayNumber
    }

    /// The type of arrays of this one.
    public var array: PostgresType { PostgresType(number: arrayNumber, arrayNumber: 0) }

    public static let boolean = PostgresType(number: 16, arrayNumber: 1000)
    public static let bytes = PostgresType(number: 17, arrayNumber: 1001)
    public static let character = PostgresType(number: 18, arrayNumber: 1002)
    public static let name = PostgresType(number: 19, arrayNumber: 1003)
    public static let integer8 = PostgresType(number: 20, arrayNumber: 1016)
    public static let integer2 = PostgresType(number: 21, arrayNumber: 1005)
    public static let integer4 = PostgresType(number: 23, arrayNumber: 1007)
    public static let text = PostgresType(number: 25, arrayNumber: 1009)
    public static let objectNumber = PostgresType(number: 26, arrayNumber: 1028)
    public static let json = PostgresType(number: 114, arrayNumber: 199)
    public static let xml = PostgresType(number: 142, arrayNumber: 143)
    public static let float4 = PostgresType(number: 700, arrayNumber: 1021)
    public static let float8 = PostgresType(number: 701, arrayNumber: 1022)
    public static let unknown = PostgresType(number: 705, arrayNumber: 0)
    public static let paddedText = PostgresType(number: 1042, arrayNumber: 1014)
    public static let limitedText = PostgresType(number: 1043, arrayNumber: 1015)
    public static let date = PostgresType(number: 1082, arrayNumber: 1182)
    public static let timestamp = PostgresType(number: 1114, arrayNumber: 1115)
    public static let timestampWithZone = PostgresType(number: 1184, arrayNumber: 1185)
    public static let interval = PostgresType(number: 1186, arrayNumber: 1187)
    public static let numeric = PostgresType(number: 1700, arrayNumber: 1231)
    public static let uuid = PostgresType(number: 2950, arrayNumber: 2951)
    public static let void = PostgresType(number: 2278, arrayNumber: 0)
    public static let jsonb = PostgresType(number: 3802, arrayNumber: 3807)
    public static let transaction8 = PostgresType(number: 5069, arrayNumber: 271)

    /// Numbers from here on are given to types that a database defines itself, such as enumerations.
    static let firstOwnNumber: UInt32 = 16_384

    /// Whether values of the type are arrays. A type of the database's own may be one.
    static func mayBeArray(_ number: UInt32) -> Bool {
        number >= firstOwnNumber || arrays.contains(number)
    }

    private static let arrays: Set<UInt32> = [
        143, 199, 271, 1000, 1001, 1002, 1003, 1005, 1007, 1009, 1014, 1015, 1016, 1021, 1022, 1028, 1115, 1182, 1185,
        1187, 1231, 2951, 3807,
    ]

    /// The name for an error, where it is one of the common types.
    static func describe(_ number: UInt32) -> String {
        names[number] ?? "type \(number)"
    }

    private static let names: [UInt32: String] = [
        16: "boolean", 17: "bytea", 18: "\"char\"", 19: "name", 20: "bigint", 21: "smallint", 23: "integer",
        25: "text", 26: "oid", 114: "json", 142: "xml", 700: "real", 701: "double precision", 869: "inet",
        1000: "boolean[]", 1005: "smallint[]", 1007: "integer[]", 1009: "text[]", 1016: "bigint[]", 1042: "char",
        1043: "varchar", 1082: "date", 1083: "time", 1114: "timestamp without time zone",
        1115: "timestamp without time zone[]", 1184: "timestamptz", 1185: "timestamptz[]", 1186: "interval",
        1266: "timetz", 1700: "numeric", 2206: "regclass", 2249: "record", 2278: "void", 2950: "uuid",
        2951: "uuid[]", 3220: "pg_lsn", 3614: "tsvector", 3802: "jsonb", 5069: "xid8",
    ]
}
