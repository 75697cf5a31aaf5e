/// What a program is called and what it is for.
public struct Program: Sendable, Hashable {
    /// Its name, as people type it.
    public let name: String
    /// One sentence for `--help`.
    public let purpose: String
    /// Its version.
    public let version: String

    /// A program of this name and purpose; all programs of one build share the version.
    public init(_ name: String, _ purpose: String, version: String = Program.buildVersion) {
        self.name = name
        self.purpose = purpose
        self.version = version
    }

    /// The version of this build.
    public static let buildVersion = "0.1.0"
}
