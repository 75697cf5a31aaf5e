/// One step of a schema: SQL that runs once, in order, and is never edited afterwards.
///
/// Comment lines at the top of a script may say two things:
/// - `-- no transaction`: the script is one statement that cannot run in a transaction, such as
///   `create index concurrently`, and may be run again if it was cut short;
/// - `-- oldest program: N`: programs whose own number is below `N` must not use the schema from here on.
public struct Migration: Sendable, Equatable {
    /// The place in the order, from 1, without gaps of meaning.
    public let number: Int
    public let name: String
    public let script: String

    public init(number: Int, name: String, script: String) {
        self.number = number
        self.name = name
        self.script = script
    }

    var runsInTransaction: Bool {
        !headerLines.contains("no transaction")
    }

    /// The lowest number of a program that can live with this step; nil if every program can.
    var oldestProgram: Int? {
        oldestProgramText.flatMap { Int($0) }
    }

    /// Whether a line that names the oldest program does not say a number.
    var hasUnreadableHeader: Bool {
        oldestProgramText != nil && oldestProgram == nil
    }

    private var oldestProgramText: Substring? {
        let label = "oldest program:"
        return headerLines.first { $0.hasPrefix(label) }?.dropFirst(label.count).drop { $0 == " " }
    }

    /// The comment lines before the first line of SQL, without their dashes.
    private var headerLines: [Substring] {
        script.split(separator: "\n")
            .prefix { $0.hasPrefix("--") }
            .map { line in
                let text = line.drop { $0 == "-" || $0 == " " }
                return text.last.map(\.isWhitespace) == true ? text.dropLast() : text
            }
    }
}
