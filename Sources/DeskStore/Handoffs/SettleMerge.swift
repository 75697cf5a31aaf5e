public import Desk
public import Jobs

/// Two people were made one a while ago: from whoever did it to the routing worker, which looks for what was written
/// about the one who went while that was under way.
public struct SettleMerge: Job {
    public static let kind: JobKind = "people.settle-merge"
    public static let queue: JobQueue = "routing"
    public static let policy = JobPolicy.standard

    public let gone: PersonID

    public init(gone: PersonID) { self.gone = gone }
}
