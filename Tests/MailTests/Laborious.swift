import Runtime
import Testing

/// Tests that read megabytes for seconds on end run on a thread of their own, one after the other: on the shared
/// threads they would keep every connection of the other tests waiting until its time is up.
struct Laborious: SuiteTrait, TestTrait, TestScoping {
    private static let thread = EventLoopGroup(count: 1)

    var isRecursive: Bool { true }

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable @concurrent () async throws -> Void
    ) async throws {
        guard testCase != nil else { return try await function() }
        try await withTaskExecutorPreference(Self.thread.next()) { try await function() }
    }
}

extension Trait where Self == Laborious {
    static var laborious: Self { Laborious() }
}
