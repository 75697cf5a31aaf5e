public import Moments

/// Where one migration stands in a database.
public struct MigrationStatus: Sendable, Equatable {
    public let number: Int
    public let name: String
    /// When it ran; nil if it has not.
    public let appliedAt: Moment?
    /// Whether the script is another than the one that ran.
    public let isEdited: Bool
    /// Whether this program knows it; a newer program may have run others.
    public let isOurs: Bool
}
