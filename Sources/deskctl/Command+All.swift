extension Command {
    /// Every command, in the order in which help lists them. One that is not listed here does not exist.
    static let all: [Command] = [.up, .migrate, .clock]
}
