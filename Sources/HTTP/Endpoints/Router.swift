/// All endpoints of a program, each behind its door, and the one place where errors become answers.
public struct Router: Sendable {
    /// A request's way through the router, known from its head.
    struct Way: Sendable {
        /// The pattern of the endpoint for metrics and logs, which is bounded where paths are not.
        let label: String
        let body: BodyWish
        let admit: @Sendable (Request) async throws -> MountedEndpoint.Answer
    }

    private var tree = EndpointTree()
    private var methods: Set<Method> = [.options]
    private let renderError: ErrorRenderer

    /// - Precondition: no two endpoints have the same method and the same shape of path.
    public init<each Visitor: Sendable>(
        _ doors: repeat Door<each Visitor>, renderError: @escaping ErrorRenderer = standardErrorRenderer
    ) {
        self.renderError = renderError
        for door in repeat each doors { mount(door) }
    }

    /// Adds another door.
    ///
    /// - Precondition: no endpoint behind it has the method and the shape of path of one already there.
    public mutating func mount<Visitor>(_ door: Door<Visitor>) {
        for endpoint in door.endpoints {
            tree.insert(endpoint)
            methods.insert(endpoint.method)
            if endpoint.method == .get { methods.insert(.head) }
        }
    }

    /// Answers a request whose body is already there. It never fails: errors are rendered.
    public func respond(to request: Request) async -> Response {
        do {
            let answer = try await way(of: request).admit(request)
            return try await answer(request)
        } catch {
            return await render(error, request)
        }
    }

    /// What an error looks like from outside. The request is nil when it could not be read.
    func render(_ error: any Error, _ request: Request?) async -> Response {
        if let failed = error as? FailedVisit {
            var response = await render(failed.error, request)
            response.fields.add(failed.fields)
            return response
        }
        var response = await renderError(error, request)
        if case EndpointFault.methodNotAllowed(let methods) = error { response.fields[.allow] = Self.list(methods) }
        return response
    }

    func way(of request: Request) -> Way {
        guard request.path != "*" else { return Self.options(methods) }
        let endpoints = tree.endpoints(at: request.target.segments)
        if let endpoint = endpoints[request.method] ?? (request.method == .head ? endpoints[.get] : nil),
            let values = endpoint.pattern.values(in: request.target.segments)
        {
            return Way(label: endpoint.pattern.description, body: endpoint.body) { request in
                try await endpoint.admit(request, values)
            }
        }
        guard let label = endpoints.values.map(\.pattern.description).min() else {
            return Way(label: "none", body: .collected()) { _ in throw EndpointFault.noSuchPath }
        }
        var allowed = Set(endpoints.keys).union([.options])
        if allowed.contains(.get) { allowed.insert(.head) }
        if request.method == .options { return Self.options(allowed, label: label) }
        return Way(label: label, body: .collected()) { [allowed] _ in
            throw EndpointFault.methodNotAllowed(Method.allCases.filter(allowed.contains))
        }
    }

    private static func options(_ methods: Set<Method>, label: String = "*") -> Way {
        Way(label: label, body: .collected()) { _ in
            { _ in Response(.noContent, fields: [.allow: list(Method.allCases.filter(methods.contains))]) }
        }
    }

    private static func list(_ methods: [Method]) -> String { methods.map(\.rawValue).joined(separator: ", ") }
}
