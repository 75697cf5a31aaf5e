import Moments
import Runtime
import Synchronization

/// The value of the Date field, written once a second.
final class DateLine: Sendable {
    private let time: any Timekeeper
    private let latest = Mutex<(second: Int64, bytes: [UInt8])>((.min, []))

    init(_ time: any Timekeeper) { self.time = time }

    var bytes: [UInt8] {
        let second = time.now.seconds
        return latest.withLock { latest in
            if latest.second != second { latest = (second, Array(HTTPDate.text(seconds: second).utf8)) }
            return latest.bytes
        }
    }
}
