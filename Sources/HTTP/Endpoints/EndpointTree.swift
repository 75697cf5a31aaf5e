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
    func endpoints(at segments: [String]) -> [Method: MountedEndpoint] { endpoints(segments, from: 0, below: 0) ?? [:] }

    private func endpoints(_ segments: [String], from place: Int, below node: Int) -> [Method: MountedEndpoint]? {
        guard place < segments.count else { return nodes[node].here.isEmpty ? nil : nodes[node].here }
        if let next = nodes[node].literals[segments[place]],
            let found = endpoints(segments, from: place + 1, below: next)
        {
            return found
        }
        if let next = nodes[node].value, !segments[place].isEmpty,
            let found = endpoints(segments, from: place + 1, below: next)
        {
            return found
        }
        return nodes[node].rest.isEmpty ? nil : nodes[node].rest
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
