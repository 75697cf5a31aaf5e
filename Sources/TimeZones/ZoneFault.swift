/// Why a time zone could not be had.
public enum ZoneFault: Error, Hashable, Sendable {
    /// The name is not one of the database, or not a name at all.
    case unknown(String)
    /// There is no time zone database at the place where it was looked for.
    case noDatabase(directory: String)
    /// The zone's file cannot be understood.
    case unreadable(String, because: String)
}

extension ZoneFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unknown(let name):
            "\"\(name)\" is not a time zone of the IANA database; write a name such as Europe/Oslo"
        case .noDatabase(let directory):
            "there is no time zone database in \(directory); install the package tzdata, or set TZDIR"
        case .unreadable(let name, let reason):
            "the data of time zone \(name) cannot be used: \(reason); reinstall the package tzdata"
        }
    }
}
