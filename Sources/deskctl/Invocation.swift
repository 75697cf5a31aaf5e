import Runtime

/// A command as somebody typed it: its options and operands, checked against what the command takes.
struct Invocation: Sendable, Equatable {
    private(set) var operands: [String] = []
    private var values: [String: [String]] = [:]

    /// Whether the option was given.
    func has(_ name: String) -> Bool { values[name] != nil }

    /// The word given to an option; the last one if it was given twice.
    func value(_ name: String) -> String? { values[name]?.last }

    /// All words given to an option.
    func all(_ name: String) -> [String] { values[name] ?? [] }

    /// The operand at this place; nil where one in brackets was left out.
    func operand(_ index: Int) -> String? { operands.indices.contains(index) ? operands[index] : nil }

    /// A number given to an option, within a range.
    func number<Number: FixedWidthInteger>(_ name: String, in range: ClosedRange<Number>) throws -> Number? {
        guard let word = value(name) else { return nil }
        guard let number = Number(word), range.contains(number) else {
            throw CommandFault(
                "\(name) is \"\(word)\", which is not a number from \(range.lowerBound) to \(range.upperBound).",
                advice: "\(name) \(range.lowerBound)", status: .usage)
        }
        return number
    }

    /// Reads the words after the command's own.
    init(_ words: [String], of command: Command) throws(CommandFault) {
        var rest = words[...]
        while let word = rest.popFirst() {
            if word == "--" {
                operands += rest
                break
            }
            guard word.hasPrefix("-"), word != "-" else {
                operands.append(word)
                continue
            }
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let option = command.options.first(where: { $0.name == parts[0] }) else {
                throw Self.unknown(parts[0], of: command)
            }
            try take(option, given: parts.count > 1 ? parts[1] : nil, from: &rest, of: command)
        }
        try checkOperands(of: command)
    }

    private mutating func take(
        _ option: Option, given: String?, from rest: inout ArraySlice<String>, of command: Command
    ) throws(CommandFault) {
        switch option.arity {
        case .none:
            guard given == nil else {
                throw CommandFault("\(option.name) takes no value.", advice: command.usage, status: .usage)
            }
            values[option.name] = []
        case .one:
            guard let word = given ?? rest.popFirst() else {
                throw CommandFault("\(option.name) needs a value.", advice: command.usage, status: .usage)
            }
            values[option.name, default: []].append(word)
        case .many:
            var words = given.map { [$0] } ?? []
            while let word = rest.first, !word.hasPrefix("--") {
                words.append(word)
                rest.removeFirst()
            }
            guard !words.isEmpty else {
                throw CommandFault("\(option.name) needs at least one value.", advice: command.usage, status: .usage)
            }
            values[option.name, default: []] += words
        }
    }

    private func checkOperands(of command: Command) throws(CommandFault) {
        let needed = command.operands.filter { !$0.hasPrefix("[") }
        if operands.count < needed.count {
            throw CommandFault(
                "\(needed[operands.count].replacing("…", with: "")) is missing.", advice: command.usage,
                status: .usage)
        }
        let takesAll = command.operands.last.map { $0.contains("…") } ?? false
        if !takesAll, operands.count > command.operands.count {
            throw CommandFault(
                "\"\(operands[command.operands.count])\" is one word too many.", advice: command.usage,
                status: .usage)
        }
    }

    private static func unknown(_ word: String, of command: Command) -> CommandFault {
        let names = command.options.map(\.name) + [Option.help.name]
        let nearest = Suggestion.of(word, among: names).map { "deskctl \(command.name) \($0)" }
        return CommandFault(
            "\(command.name) has no option \(word).", advice: nearest ?? "deskctl \(command.name) --help",
            status: .usage)
    }
}
