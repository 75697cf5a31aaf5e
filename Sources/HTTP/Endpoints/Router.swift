/// All endpoints of a program, each behind its door, and the one place where errors become answers.
public struct Router: Sendable {
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
            return try await way(of: request).answer(WholeArrival(request))
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
        let target = request.target
        guard target.path != "*" else { return .options(methods, label: "*") }
        let segments = target.segments
        let endpoints = tree.endpoints(at: segments)
        if let endpoint = endpoints[request.method] ?? (request.method == .head ? endpoints[.get] : nil),
            // A path without values has been compared on the way here.
            let values = endpoint.pattern.valueCount == 0 ? [] : endpoint.pattern.values(in: segments)
        {
            return .endpoint(endpoint, values)
        }
        guard let label = endpoints.endpoints.map(\.pattern.description).min() else { return .nowhere }
        var allowed = Set(endpoints.endpoints.map(\.method)).union([.options])
        if allowed.contains(.get) { allowed.insert(.head) }
        return request.method == .options ? .options(allowed, label: label) : .otherMethods(allowed, label: label)
    }

    private static func list(_ methods: [Method]) -> String { methods.map(\.rawValue).joined(separator: ", ") }
}

extension Router {
    /// A request's way through the router, known from its head.
    enum Way: Sendable {
        /// To an endpoint, with the values of its path.
        case endpoint(MountedEndpoint, [String])
        /// The question which methods there are.
        case options(Set<Method>, label: String)
        /// To a path that is there for other methods.
        case otherMethods(Set<Method>, label: String)
        /// To no path that there is.
        case nowhere

        /// The pattern of the endpoint for metrics and logs, which is bounded where paths are not.
        var label: String {
            switch self {
            case .endpoint(let endpoint, _): endpoint.pattern.description
            case .options(_, let label), .otherMethods(_, let label): label
            case .nowhere: "none"
            }
        }

        /// Lets the request in and answers it once its body is there.
        func answer(_ arrival: any Arrival) async throws -> Response {
            switch self {
            case .endpoint(let endpoint, let values): return try await endpoint.answer(arrival, values)
            case .options(let methods, _):
                if try !arrival.beginBody(.collected()) { try await arrival.collectBody() }
                return Response(.noContent, fields: [.allow: Router.list(Way.ordered(methods))])
            case .otherMethods(let methods, _): throw EndpointFault.methodNotAllowed(Self.ordered(methods))
            case .nowhere: throw EndpointFault.noSuchPath
            }
        }

        private static func ordered(_ methods: Set<Method>) -> [Method] { Method.allCases.filter(methods.contains) }
    }
}
