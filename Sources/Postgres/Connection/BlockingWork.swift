import Runtime

/// Where a database does what blocks. The kinds are apart, so that a server that takes no requests to cancel holds up
/// no new connection.
struct BlockingWork: Sendable {
    let lookups = Offload(width: 2, name: "pg-lookup")
    let cancellations = Offload(width: 4, name: "pg-cancel")
}
