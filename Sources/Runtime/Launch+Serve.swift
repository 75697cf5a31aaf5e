extension Launch {
    /// Runs services as ``run(program:settings:services:)`` does, for a program that reads its own arguments and has
    /// something to say after them.
    ///
    /// - Returns: how the program should end.
    public static func serve(
        program: Program, common: CommonSettings,
        services: @escaping @Sendable (Resources) async throws -> [any Service]
    ) async -> ExitStatus {
        await start(program, common, ()) { _, resources in try await services(resources) }
    }
}
