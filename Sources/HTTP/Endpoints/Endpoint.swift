/// Something that can be asked of the program: a method, a shape of path, and what to do for a visitor. Its type names
/// the visitor, so it cannot be mounted behind a door that lets others in.
///
///     Endpoint(.put, "/tickets/:ticket/closure") { request, agent, ticket in … }
public struct Endpoint<Visitor: Sendable>: Sendable {
    public let method: Method
    public let pattern: PathPattern
    public let body: BodyWish
    let run: @Sendable (Request, Visitor, [String]) async throws -> Response

    /// The values of the path follow request and visitor in the handler, in the order of the pattern.
    ///
    /// - Precondition: the pattern has as many values as the handler takes.
    public init<each Value: PathValue>(
        _ method: Method, _ pattern: String, body: BodyWish = .collected(),
        handler: @escaping @Sendable (Request, Visitor, repeat each Value) async throws -> Response
    ) {
        self.method = method
        self.pattern = PathPattern(pattern)
        self.body = body
        var wanted = 0
        for _ in repeat (each Value).self { wanted += 1 }
        precondition(
            self.pattern.valueCount == wanted,
            "\(method) \(pattern): the pattern names \(self.pattern.valueCount) values and the handler takes \(wanted)."
        )
        run = { request, visitor, texts in
            var reader = PathValueReader(texts: texts[...])
            let values = (repeat try reader.next((each Value).self))
            return try await handler(request, visitor, repeat each values)
        }
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
