/// Why a request reached no endpoint.
public enum EndpointFault: Error, Sendable, Equatable {
    /// No endpoint has a path of that shape, or a part of the path is no value of its kind.
    case noSuchPath
    /// The path exists, for these methods.
    case methodNotAllowed([Method])
}
