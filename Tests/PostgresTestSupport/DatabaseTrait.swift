public import Testing

/// Gives each test a database of its own.
public struct DatabaseTrait: TestTrait, SuiteTrait, TestScoping {
    let template: TestTemplate

    public var isRecursive: Bool { true }

    @concurrent
    public func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable @concurrent () async throws -> Void
    ) async throws {
        // A suite is only passed through; its tests come one by one.
        guard testCase != nil else { return try await function() }
        try await TestDatabase.with(template: template) { _ in try await function() }
    }
}

extension Trait where Self == DatabaseTrait {
    /// Each test has an empty database of its own.
    public static var database: Self { DatabaseTrait(template: .empty) }

    /// Each test has a database of its own, a copy of the template.
    public static func database(template: TestTemplate) -> Self { DatabaseTrait(template: template) }
}
