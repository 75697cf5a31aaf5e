/// What can stand in a path: a part of it is turned into a value before the endpoint runs, and a part that is no such
/// value is a page that does not exist.
public protocol PathValue: Sendable {
    /// Nil when the decoded part of the path names no such value.
    init?(pathValue: String)
}

extension String: PathValue {
    public init?(pathValue: String) {
        guard !pathValue.isEmpty else { return nil }
        self = pathValue
    }
}

extension Int: PathValue {
    /// Digits only: no sign, no leading zero, so that one resource has one address.
    public init?(pathValue: String) {
        guard let number = Int64(pathValue: pathValue) else { return nil }
        self.init(exactly: number)
    }
}

extension Int64: PathValue {
    /// Digits only: no sign, no leading zero, so that one resource has one address.
    public init?(pathValue: String) {
        guard pathValue.utf8.allSatisfy(ByteClass.isDigit), pathValue.utf8.first != 0x30 || pathValue == "0" else {
            return nil
        }
        self.init(pathValue)
    }
}

extension PathValue where Self: RawRepresentable, RawValue: PathValue {
    public init?(pathValue: String) {
        guard let raw = RawValue(pathValue: pathValue) else { return nil }
        self.init(rawValue: raw)
    }
}
