import Runtime

/// Something deskctl can be asked for: its words, what it takes, and what it does.
struct Command: Sendable {
    /// The words that call it, for instance `ticket show`.
    let words: [String]
    /// What it does, in one line without a full stop.
    let summary: String
    /// What one may want to know before using it; nil if the summary says it all.
    var details: String?
    /// The names of what stands after the words; the last may end with an ellipsis and then takes all that is left.
    /// A name in brackets may be left out.
    var operands: [String] = []
    var options: [Option] = []
    /// Does it, and says how deskctl is to end; what went wrong is thrown.
    let run: @Sendable (Invocation) async throws -> ExitStatus

    var name: String { words.joined(separator: " ") }

    /// The line that shows how it is called.
    var usage: String {
        let all = ["deskctl"] + words + operands + options.map { "[\($0.form)]" }
        return all.joined(separator: " ")
    }

    /// What `--help` prints.
    var help: String {
        var paragraphs = ["\(usage)\n\n\(summary)."]
        if let details { paragraphs.append(details) }
        let rows = (options + [.help]).map { ($0.form, $0.meaning) }
        paragraphs.append(Table.text(rows, indent: 2))
        return paragraphs.joined(separator: "\n\n")
    }
}
