import Runtime
import Synchronization

/// What the programs say of what goes wrong: most of it is what faults make of them, and none of it may be that the
/// records contradict one another.
final class Complaints: Sendable {
    private let lines = Mutex<[String]>([])

    /// How many of the latest are kept.
    private static let most = 200

    /// - Parameters:
    ///   - time: what the lines are dated by.
    ///   - hear: is told of each line.
    func log(_ time: any Timekeeper, hear: @escaping @Sendable (String) -> Void = { _ in }) -> Log {
        Log(
            service: "chaos", level: .warning, format: .text,
            to: .calling { [self] line in
                let text = String(decoding: line, as: UTF8.self)
                hear(text)
                lines.withLock { lines in
                    lines.append(text)
                    if lines.count > Self.most { lines.removeFirst() }
                }
            }, time: time)
    }

    /// The latest.
    var latest: [String] { lines.withLock { $0 } }

    /// What was said of records that contradict one another since it was last asked.
    func takeContradictions() -> [String] {
        lines.withLock { lines in
            let found = lines.filter { $0.contains("contradict one another") }
            lines.removeAll { $0.contains("contradict one another") }
            return found
        }
    }
}
