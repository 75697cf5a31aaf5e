/// A program to be started: what to run, how, and as whom.
public struct ChildProgram: Sendable {
    /// Path of the executable; it is not searched for.
    public var executable: String
    /// The words after the program's name.
    public var arguments: [String]
    /// The whole environment; nothing is inherited beside it.
    public var environment: [String: String]
    /// Where it runs; nil means where we run.
    public var directory: String?
    /// Whom it runs as; nil means as us. Another user needs root.
    public var user: SystemUser?
    /// What the program gets when we die, however we die.
    public var signalAtOurDeath: Int32

    /// A program that is killed when we die, unless told otherwise.
    public init(
        _ executable: String, _ arguments: [String] = [], environment: [String: String] = ChildProgram.ownEnvironment,
        directory: String? = nil, user: SystemUser? = nil, signalAtOurDeath: Int32 = 9
    ) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
        self.directory = directory
        self.user = user
        self.signalAtOurDeath = signalAtOurDeath
    }
}
