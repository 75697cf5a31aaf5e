/// Something that can be asked of the program: a method, a shape of path, and what to do for a visitor. Its type names
/// the visitor, so it cannot be mounted behind a door that lets others in.
///
///     Endpoint(.put, "/tickets/:ticket/closure") { request, agent, ticket in … }
public struct Endpoint<Visitor: Sendable>: Sendable {
    public let method: Method
    public let pattern: PathPattern
    public let body: BodyWish
    let work: Work

    /// What to do: with the parts of the path that are values, where there are any.
    enum Work: Sendable {
        case plain(@Sendable (Request, Visitor) async throws -> Response)
        case withValues(@Sendable (Request, Visitor, [String]) async throws -> Response)
        /// For nobody in particular. Apart, since a closure of a type that has the visitor as a parameter is called
        /// through another one.
        case open(@Sendable (Request, Void) async throws -> Response)
    }

    /// - Precondition: the pattern has no values.
    public init(
        _ method: Method, _ pattern: String, body: BodyWish = .collected(),
        handler: @escaping @Sendable (Request, Visitor) async throws -> Response
    ) {
        self.init(method, PathPattern(pattern), body, values: 0, .plain(handler))
    }

    /// The values of the path follow request and visitor in the handler, in the order of the pattern.
    ///
    /// - Precondition: the pattern has as many values as the handler takes.
    public init<each Value: PathValue>(
        _ method: Method, _ pattern: String, body: BodyWish = .collected(),
        handler: @escaping @Sendable (Request, Visitor, repeat each Value) async throws -> Response
    ) {
        var wanted = 0
        for _ in repeat (each Value).self { wanted += 1 }
        let work = Work.withValues { request, visitor, texts in
            var reader = PathValueReader(texts: texts[...])
            let values = (repeat try reader.next((each Value).self))
            return try await handler(request, visitor, repeat each values)
        }
        self.init(method, PathPattern(pattern), body, values: wanted, work)
    }

    private init(_ method: Method, _ pattern: PathPattern, _ body: BodyWish, values: Int, _ work: Work) {
        precondition(
            pattern.valueCount == values,
            "\(method) \(pattern): the pattern names \(pattern.valueCount) values and the handler takes \(values).")
        self.method = method
        self.pattern = pattern
        self.body = body
        self.work = work
    }
}

extension Endpoint where Visitor == Void {
    /// An endpoint for nobody in particular.
    ///
    /// - Precondition: the pattern has no values.
    public init(
        _ method: Method, _ pattern: String, body: BodyWish = .collected(),
        handler: @escaping @Sendable (Request, Void) async throws -> Response
    ) {
        self.init(method, PathPattern(pattern), body, values: 0, .open(handler))
    }
}

/// Turns the parts of a path into values, in order.
private struct PathValueReader {
    var texts: ArraySlice<String>

    mutating func next<Value: PathValue>(_ type: Value.Type) throws(EndpointFault) -> Value {
        guard let text = texts.popFirst(), let value = Value(pathValue: text) else { throw .noSuchPath }
        return value
    }
}
