/// What there is at one path, by method. There are few, so they are looked through in their order.
struct MethodTable: Sendable {
    private(set) var endpoints: [MountedEndpoint] = []

    var isEmpty: Bool { endpoints.isEmpty }

    subscript(method: Method) -> MountedEndpoint? {
        endpoints.firstIndex { $0.method == method }.map { endpoints[$0] }
    }

    /// - Precondition: there is none for that method yet.
    mutating func insert(_ endpoint: MountedEndpoint) {
        if let former = self[endpoint.method] {
            preconditionFailure(
                "\(endpoint.method) \(endpoint.pattern) is there twice: it has the shape of \(former.pattern).")
        }
        endpoints.append(endpoint)
    }
}
