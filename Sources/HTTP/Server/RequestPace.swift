/// Whether a body arrives fast enough. Only the time spent waiting for the client counts, not what an endpoint takes.
struct RequestPace {
    private let patience: Duration
    private let bytesPerSecond: Int
    private var waited = Duration.zero
    private var bytes = 0

    init(_ limits: ServerLimits) {
        patience = limits.bodyTime
        bytesPerSecond = limits.bytesPerSecond
    }

    /// Notes that so many bytes came after so long.
    mutating func note(_ count: Int, after duration: Duration) throws(RequestFault) {
        bytes += count
        waited += duration
        guard waited > patience else { return }
        let expected = (waited - patience) / .seconds(1) * Double(bytesPerSecond)
        guard Double(bytes) >= expected else { throw .bodyTooSlow }
    }
}
