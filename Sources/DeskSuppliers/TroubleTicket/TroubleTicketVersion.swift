/// The two versions of TMF621 that are in use: 4.0.0 and 5.0.1.
public enum TroubleTicketVersion: String, CaseIterable, Hashable, Sendable {
    case v4
    case v5

    /// The path under which the interface is served, without a slash at its end.
    public var path: String { "/tmf-api/troubleTicket/\(rawValue)" }

    /// The media type of what is sent.
    public var mediaType: String { self == .v4 ? "application/json;charset=utf-8" : "application/json" }
}
