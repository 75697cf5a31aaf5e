import Moments

/// The value of the Date field, written once a second. Each connection has its own: one that all share would be locked,
/// and its bytes counted, by all threads for each answer.
struct DateLine {
    private var second = Int64.min
    private var bytes: [UInt8] = []

    mutating func bytes(at now: Moment) -> [UInt8] {
        if now.seconds != second {
            second = now.seconds
            bytes = Array(HTTPDate.text(seconds: second).utf8)
        }
        return bytes
    }
}
