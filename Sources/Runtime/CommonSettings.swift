/// The settings that every program has.
public struct CommonSettings: Sendable, Hashable {
    /// How log lines look.
    public let logFormat: Log.Format
    /// The least level of the lines that are written.
    public let logLevel: Log.Level
    /// How many event loops there are.
    public let loops: Int
    /// How long a stop may take.
    public let grace: Duration

    /// Reads `MERIDIAN_LOG`, `MERIDIAN_LOOPS` and `MERIDIAN_GRACE`; faults are left in the reader.
    public init(from reader: inout SettingsReader) {
        (logFormat, logLevel) = reader.read(
            "MERIDIAN_LOG", default: (.json, .info), shown: "json:info",
            "How the log looks and how much is in it: json or text, a level (debug, info, warning, error), or both.",
            "a format, a level or both, such as json, debug or text:debug", Self.log)
        loops = reader.read(
            "MERIDIAN_LOOPS", default: EventLoopGroup.processors, shown: "one for each processor",
            "How many event loops the program runs on.", "a number from 1 to 256",
            { text in Int(text).flatMap { (1...256).contains($0) ? $0 : nil } })
        let seconds = reader.read(
            "MERIDIAN_GRACE", default: 25,
            "How many seconds the program may take to finish what is in hand when it is told to stop.",
            "a number of seconds from 0 to 3600",
            { text in Int(text).flatMap { (0...3_600).contains($0) ? $0 : nil } })
        grace = .seconds(seconds)
        FaultPoint.check(&reader)
    }

    private static func log(_ text: String) -> (Log.Format, Log.Level)? {
        let words = text.lowercased().split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        switch words.count {
        case 1:
            if let format = Log.Format(rawValue: words[0]) { return (format, .info) }
            return Log.Level(rawValue: words[0]).map { (.json, $0) }
        case 2:
            guard let format = Log.Format(rawValue: words[0]), let level = Log.Level(rawValue: words[1])
            else { return nil }
            return (format, level)
        default: return nil
        }
    }
}
