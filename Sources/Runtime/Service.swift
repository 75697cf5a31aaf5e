/// Work that goes on until it is asked to stop.
///
/// When `stop` is raised: take on nothing new, finish what is in hand and return. Cancellation of the task keeps its
/// ordinary meaning: abandon the work now. A service that returns or throws without having been asked stops the
/// program.
public protocol Service: Sendable {
    /// What it is called in the log.
    var name: String { get }

    /// Does the work. Called once.
    func run(until stop: StopSignal) async throws
}

extension Service {
    public var name: String { String(describing: Self.self) }
}

/// A service made of a function.
public struct FunctionService: Service {
    public let name: String
    private let body: @Sendable (StopSignal) async throws -> Void

    /// A service that runs `body`.
    public init(_ name: String, _ body: @escaping @Sendable (StopSignal) async throws -> Void) {
        self.name = name
        self.body = body
    }

    /// Calls the function.
    public func run(until stop: StopSignal) async throws {
        try await body(stop)
    }
}
