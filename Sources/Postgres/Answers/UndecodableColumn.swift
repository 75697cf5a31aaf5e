/// Why a column could not be read as the type that was asked for.
public struct UndecodableColumn: Error, Equatable, CustomStringConvertible {
    /// The place in the row, from 0.
    public let index: Int
    public let name: String
    public let reason: String

    public init(index: Int, name: String, reason: String) {
        (self.index, self.name, self.reason) = (index, name, reason)
    }

    public var description: String {
        "Column \(index + 1) (\(name)) \(reason)."
    }
}
