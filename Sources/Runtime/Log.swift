import Moments

/// What a program tells its operators: one line an event, as JSON or as text.
///
/// A log is a value; `with` makes one that adds its fields to every line. Secrets are never handed to it.
public struct Log: Sendable {
    /// How much a line matters.
    public enum Level: String, CaseIterable, Comparable, Sendable {
        /// What only somebody looking for a fault wants.
        case debug
        /// What an operator may want to read afterwards.
        case info
        /// What went wrong and was dealt with.
        case warning
        /// What went wrong and needs a person.
        case error

        public static func < (left: Level, right: Level) -> Bool { left.weight < right.weight }

        private var weight: Int {
            switch self {
            case .debug: 0
            case .info: 1
            case .warning: 2
            case .error: 3
            }
        }
    }

    /// How lines look.
    public enum Format: String, CaseIterable, Sendable {
        /// One JSON object a line, for machines.
        case json
        /// Time, level, sentence and fields, for people.
        case text
    }

    /// The least level that is written.
    public let level: Level
    let format: Format
    let service: String
    let sink: LogSink
    let fields: [(String, Value)]
    let time: any Timekeeper

    /// A log of the program `service`.
    public init(
        service: String, level: Level = .info, format: Format = .json, to sink: LogSink = .standardOutput,
        time: any Timekeeper = SystemTime()
    ) {
        self.init(service: service, level: level, format: format, sink: sink, fields: [], time: time)
    }

    private init(
        service: String, level: Level, format: Format, sink: LogSink, fields: [(String, Value)], time: any Timekeeper
    ) {
        self.service = service
        self.level = level
        self.format = format
        self.sink = sink
        self.fields = fields
        self.time = time
    }

    /// A log that writes nothing.
    public static let silent = Log(service: "", level: .error, to: .nowhere)

    /// The same log with `fields` on every line, before the line's own.
    public func with(_ fields: KeyValuePairs<String, Value>) -> Log {
        Log(
            service: service, level: level, format: format, sink: sink,
            fields: self.fields + fields.map { ($0.key, $0.value) }, time: time)
    }

    /// Writes what only somebody looking for a fault wants.
    public func debug(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> Fields = [:]) {
        write(.debug, message(), fields())
    }

    /// Writes what an operator may want to read afterwards.
    public func info(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> Fields = [:]) {
        write(.info, message(), fields())
    }

    /// Writes what went wrong and was dealt with.
    public func warning(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> Fields = [:]) {
        write(.warning, message(), fields())
    }

    /// Writes what went wrong and needs a person.
    public func error(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> Fields = [:]) {
        write(.error, message(), fields())
    }

    /// The fields of a line, in the order in which they are written.
    public typealias Fields = KeyValuePairs<String, Value>

    private func write(
        _ level: Level, _ message: @autoclosure () -> String, _ own: @autoclosure () -> Fields
    ) {
        guard level >= self.level, !sink.isNowhere else { return }
        let line = LogLine(
            moment: time.now, level: level, service: service, message: message(),
            fields: fields + own().map { ($0.key, $0.value) } + (Context.current?.fields ?? []))
        sink.write(line.bytes(as: format))
    }
}
