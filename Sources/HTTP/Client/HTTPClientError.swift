public import Sockets

/// Why a request got no answer, and whether the other side may have acted on it all the same.
public struct HTTPClientError: Error, Sendable, CustomStringConvertible {
    /// What stood in the way.
    public enum Reason: Sendable {
        /// The name has no address.
        case unresolved(ResolutionError)
        /// The rules for outbound calls forbid the address, the port or the lack of encryption; the sentence tells.
        case refusedAddress(String)
        /// No connection came about, or it broke.
        case connection(String)
        case tls(TLSError)
        case timedOut
        /// The answer is larger than the caller takes.
        case tooLarge
        /// The answer is no HTTP.
        case malformed(ResponseFault)
    }

    public let reason: Reason
    /// Whether part of the request had been sent: then the other side may have received it and acted on it, and only a
    /// request that may be repeated should be.
    public let mayHaveArrived: Bool

    init(_ reason: Reason, mayHaveArrived: Bool) {
        self.reason = reason
        self.mayHaveArrived = mayHaveArrived
    }

    /// Whether the same request may succeed later.
    public var isTransient: Bool {
        switch reason {
        case .connection, .timedOut: true
        case .unresolved(let error): error.isTransient
        case .tls(let error): !error.isCertificate
        case .refusedAddress, .tooLarge, .malformed: false
        }
    }

    public var description: String {
        switch reason {
        case .unresolved(let error): error.description
        case .refusedAddress(let sentence): sentence
        case .connection(let sentence): sentence
        case .tls(let error): error.description
        case .timedOut: "no answer in time"
        case .tooLarge: "the answer is larger than accepted"
        case .malformed(let fault): "the answer is not HTTP (\(fault.rawValue))"
        }
    }
}
