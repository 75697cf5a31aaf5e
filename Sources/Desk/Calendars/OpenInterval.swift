/// A stretch of opening hours of one day, in wall time.
public struct OpenInterval: Hashable, Sendable {
    /// Seconds shown since the midnight of the day to which it belongs, 0 ..< 86,400.
    public let start: Int
    /// More than `start`; beyond 86,400 where it runs past midnight into the following day.
    public let end: Int

    static let day = 86_400

    /// Hours as people write them: an end that is not after the start is that time of the following day.
    /// Nil unless the start is 0 ..< 86,400 and the end 0 ... 86,400.
    public init?(from start: Int, to end: Int) {
        guard (0..<Self.day).contains(start), (0...Self.day).contains(end) else { return nil }
        self.start = start
        self.end = end > start ? end : end + Self.day
    }
}

extension OpenInterval: CustomStringConvertible {
    /// `08:00-16:00`
    public var description: String { "\(startText)-\(endText)" }

    var startText: String { Self.text(start) }
    var endText: String { Self.text(end > Self.day ? end - Self.day : end) }

    private static func text(_ seconds: Int) -> String {
        let parts = [seconds / 3600, seconds / 60 % 60, seconds % 60]
        let shown = parts.map { $0 < 10 ? "0\($0)" : "\($0)" }
        return shown.prefix(parts[2] == 0 ? 2 : 3).joined(separator: ":")
    }

    /// Reads `HH:MM` or `HH:MM:SS`, up to 24:00.
    static func seconds(_ text: String) -> Int? {
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count) else { return nil }
        var numbers: [Int] = []
        for part in parts {
            guard part.count == 2, part.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
                let number = Int(String(decoding: part, as: UTF8.self))
            else { return nil }
            numbers.append(number)
        }
        let seconds = numbers[0] * 3600 + numbers[1] * 60 + (numbers.count == 3 ? numbers[2] : 0)
        guard numbers.dropFirst().allSatisfy({ $0 < 60 }), seconds <= day else { return nil }
        return seconds
    }
}
