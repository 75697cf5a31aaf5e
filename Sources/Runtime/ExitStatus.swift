/// How a program ends, by the numbers of `sysexits.h`.
public struct ExitStatus: RawRepresentable, Hashable, Sendable {
    public let rawValue: Int32

    public init(rawValue: Int32) { self.rawValue = rawValue }

    /// All went well.
    public static let success = ExitStatus(rawValue: 0)
    /// The command was not understood.
    public static let usage = ExitStatus(rawValue: 64)
    /// What was handed in cannot be used.
    public static let data = ExitStatus(rawValue: 65)
    /// A file that was named cannot be read.
    public static let noInput = ExitStatus(rawValue: 66)
    /// A service that is needed is not there.
    public static let unavailable = ExitStatus(rawValue: 69)
    /// The program failed.
    public static let software = ExitStatus(rawValue: 70)
    /// The system refused something.
    public static let system = ExitStatus(rawValue: 71)
    /// A file cannot be made.
    public static let cannotCreate = ExitStatus(rawValue: 73)
    /// Reading or writing failed.
    public static let inputOutput = ExitStatus(rawValue: 74)
    /// It may work later.
    public static let temporary = ExitStatus(rawValue: 75)
    /// The settings are wrong; starting again does not help.
    public static let configuration = ExitStatus(rawValue: 78)
}

/// An error that knows how a program which it ends should exit.
public protocol ExitingError: Error {
    var exitStatus: ExitStatus { get }
}

extension SettingsFaults: ExitingError {
    public var exitStatus: ExitStatus { .configuration }
}
