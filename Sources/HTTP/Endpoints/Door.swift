/// Lets requests in to a set of endpoints by turning each into a visitor, or turns them away by throwing.
public struct Door<Visitor: Sendable>: Sendable {
    let endpoints: [MountedEndpoint]

    /// What it opens: the method and the shape of the path of each endpoint, for whoever documents them.
    public var opens: [(method: Method, path: String)] { endpoints.map { ($0.method, $0.pattern.description) } }

    /// - Parameters:
    ///   - admit: Decides from the head of the request alone. It runs before the body is read, so that strangers
    ///     cannot make us take their uploads.
    ///   - confirm: Checks what needs the body too, such as a token in a form. It runs before each endpoint that
    ///     collects its body; streamed bodies it does not see.
    ///   - complete: Adds what every answer of an endpoint to this visitor carries, such as header fields.
    ///   - fields: Header fields that refusals of the endpoints carry too.
    public init(
        _ admit: @escaping @Sendable (Request) async throws -> Visitor,
        confirm: (@Sendable (Request, Visitor) async throws -> Void)? = nil,
        complete: (@Sendable (Response, Visitor) -> Response)? = nil,
        fields: (@Sendable (Visitor) -> Fields)? = nil,
        endpoints: [Endpoint<Visitor>]
    ) {
        self.endpoints = endpoints.map { endpoint in
            let entrance = MountedEndpoint.Entrance.door { arrival, values in
                let visitor = try await admit(arrival.request)
                if try !arrival.beginBody(endpoint.body) { try await arrival.collectBody() }
                do {
                    let request = arrival.request
                    if let confirm, case .collected = endpoint.body { try await confirm(request, visitor) }
                    var response =
                        switch endpoint.work {
                        case .plain(let run): try await run(request, visitor)
                        case .withValues(let run): try await run(request, visitor, values)
                        case .open(let run): try await run(request, ())
                        }
                    if let complete { response = complete(response, visitor) }
                    if let fields { response.fields.add(fields(visitor)) }
                    return response
                } catch {
                    guard let fields else { throw error }
                    throw FailedVisit(error, fields: fields(visitor))
                }
            }
            return MountedEndpoint(method: endpoint.method, pattern: endpoint.pattern, entrance)
        }
    }
}

/// What went wrong for a visitor, with the header fields that every answer to him carries.
struct FailedVisit: Error {
    let error: any Error
    let fields: Fields

    init(_ error: any Error, fields: Fields) { (self.error, self.fields) = (error, fields) }
}

extension Door where Visitor == Void {
    /// A door that stands open.
    public init(endpoints: [Endpoint<Void>]) {
        let behind = Door({ _ in }, endpoints: endpoints).endpoints
        self.endpoints = zip(endpoints, behind).map { endpoint, mounted in
            guard case .open(let run) = endpoint.work else { return mounted }
            return MountedEndpoint(method: endpoint.method, pattern: endpoint.pattern, .open(endpoint.body, run))
        }
    }
}
