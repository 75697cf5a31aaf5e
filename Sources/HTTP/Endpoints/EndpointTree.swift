/// Endpoints ordered by the parts of their paths, so that finding one takes as many steps as the path has parts.
struct EndpointTree: Sendable {
    private struct Node: Sendable {
        var literals: [String: Int] = [:]
        var value: Int?
        var here = MethodTable()
        /// Endpoints that take all that follows.
        var rest = MethodTable()
    }

    private var nodes = [Node()]

    /// - Precondition: no endpoint with that method and shape is there already.
    mutating func insert(_ endpoint: MountedEndpoint) {
        var node = 0
        for part in endpoint.pattern.parts {
            switch part {
            case .literal(let text): node = nodes[node].literals[text] ?? add { $0.nodes[node].literals[text] = $1 }
            case .value: node = nodes[node].value ?? add { $0.nodes[node].value = $1 }
            case .rest: return nodes[node].rest.insert(endpoint)
            }
        }
        nodes[node].here.insert(endpoint)
    }

    /// The endpoints of the most literal pattern that covers the path; empty if there is none.
    func endpoints(at segments: [String]) -> MethodTable {
        switch position(of: segments, from: 0, below: 0) {
        case .end(let node): nodes[node].here
        case .rest(let node): nodes[node].rest
        case nil: MethodTable()
        }
    }

    /// Where endpoints were found: a number, since whatever is held on the way is counted by all threads.
    private enum Position {
        case end(Int)
        case rest(Int)
    }

    private func position(of segments: [String], from place: Int, below node: Int) -> Position? {
        guard place < segments.count else { return nodes[node].here.isEmpty ? nil : .end(node) }
        if let next = nodes[node].literals[segments[place]],
            let found = position(of: segments, from: place + 1, below: next)
        {
            return found
        }
        if let next = nodes[node].value, !segments[place].isEmpty,
            let found = position(of: segments, from: place + 1, below: next)
        {
            return found
        }
        return nodes[node].rest.isEmpty ? nil : .rest(node)
    }

    private mutating func add(_ link: (inout EndpointTree, Int) -> Void) -> Int {
        nodes.append(Node())
        link(&self, nodes.count - 1)
        return nodes.count - 1
    }
}
