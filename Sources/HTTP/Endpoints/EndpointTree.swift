/// Endpoints ordered by the parts of their paths, so that finding one takes as many steps as the path has parts.
struct EndpointTree: Sendable {
    private struct Node: Sendable {
        var literals: [String: Int] = [:]
        var value: Int?
        var here: [Method: MountedEndpoint] = [:]
        /// Endpoints that take all that follows.
        var rest: [Method: MountedEndpoint] = [:]
    }

    private var nodes = [Node()]

    /// - Precondition: no endpoint with that method and shape is there already.
    mutating func insert(_ endpoint: MountedEndpoint) {
        var node = 0
        for part in endpoint.pattern.parts {
            switch part {
            case .literal(let text): node = nodes[node].literals[text] ?? add { $0.nodes[node].literals[text] = $1 }
            case .value: node = nodes[node].value ?? add { $0.nodes[node].value = $1 }
            case .rest:
                let former = nodes[node].rest.updateValue(endpoint, forKey: endpoint.method)
                return Self.refuse(endpoint, former)
            }
        }
        Self.refuse(endpoint, nodes[node].here.updateValue(endpoint, forKey: endpoint.method))
    }

    /// The endpoints of the most literal pattern that covers the path, by method; empty if there is none.
    func endpoints(at segments: [String]) -> [Method: MountedEndpoint] { endpoints(segments[...], below: 0) ?? [:] }

    private func endpoints(_ segments: ArraySlice<String>, below node: Int) -> [Method: MountedEndpoint]? {
        let node = nodes[node]
        guard let first = segments.first else { return node.here.isEmpty ? nil : node.here }
        if let next = node.literals[first], let found = endpoints(segments.dropFirst(), below: next) { return found }
        if let next = node.value, !first.isEmpty, let found = endpoints(segments.dropFirst(), below: next) {
            return found
        }
        return node.rest.isEmpty ? nil : node.rest
    }

    private mutating func add(_ link: (inout EndpointTree, Int) -> Void) -> Int {
        nodes.append(Node())
        link(&self, nodes.count - 1)
        return nodes.count - 1
    }

    private static func refuse(_ endpoint: MountedEndpoint, _ former: MountedEndpoint?) {
        guard let former else { return }
        preconditionFailure(
            "\(endpoint.method) \(endpoint.pattern) is there twice: it has the shape of \(former.pattern).")
    }
}
