public import Runtime

/// One word of the setting that holds a server's limits.
private struct LimitWord {
    enum Place {
        case number(WritableKeyPath<ServerLimits, Int>)
        case seconds(WritableKeyPath<ServerLimits, Duration>)
    }

    let name: String
    let range: ClosedRange<Int>
    let place: Place

    static var all: [LimitWord] {
        [
            LimitWord(name: "connections", range: 1...1_000_000, place: .number(\.connections)),
            LimitWord(name: "per_address", range: 1...1_000_000, place: .number(\.connectionsPerAddress)),
            LimitWord(name: "in_flight", range: 1...1_000_000, place: .number(\.requestsInFlight)),
            LimitWord(name: "head_seconds", range: 1...3_600, place: .seconds(\.headTime)),
            LimitWord(name: "body_seconds", range: 1...3_600, place: .seconds(\.bodyTime)),
            LimitWord(name: "idle_seconds", range: 1...86_400, place: .seconds(\.idleTime)),
            LimitWord(name: "write_seconds", range: 1...3_600, place: .seconds(\.writeTime)),
            LimitWord(name: "rate", range: 1...1_000_000_000, place: .number(\.bytesPerSecond)),
            LimitWord(name: "line_bytes", range: 512...1_048_576, place: .number(\.message.requestLine)),
            LimitWord(name: "field_bytes", range: 512...1_048_576, place: .number(\.message.fieldValue)),
            LimitWord(name: "header_bytes", range: 1_024...4_194_304, place: .number(\.message.fieldSection)),
            LimitWord(name: "fields", range: 10...10_000, place: .number(\.message.fields)),
            LimitWord(name: "body_bytes", range: 1_024...2_147_483_647, place: .number(\.message.body)),
        ]
    }

    func set(_ number: Int, in limits: inout ServerLimits) {
        switch place {
        case .number(let path): limits[keyPath: path] = number
        case .seconds(let path): limits[keyPath: path] = .seconds(number)
        }
    }

    func number(in limits: ServerLimits) -> Int {
        switch place {
        case .number(let path): limits[keyPath: path]
        case .seconds(let path): Int(limits[keyPath: path].components.seconds)
        }
    }

    static var names: String { all.map(\.name).joined(separator: ", ") }
}

/// Everything that is wrong with limits as they were written.
private struct LimitFaults: Error, CustomStringConvertible {
    var description: String
}

extension SettingsReader {
    /// Reads what a server bears from its clients.
    public mutating func serverLimits() -> ServerLimits {
        read(
            "MERIDIAN_HTTP_LIMITS", default: ServerLimits(), shown: "as in Docs/HTTP.md",
            "What is borne from clients; named are those limits that differ: \(LimitWord.names).",
            "a list such as per_address=2000,idle_seconds=30", ServerLimits.init(settings:))
    }
}

extension ServerLimits {
    /// Reads limits as `name=number`, with commas in between; what is not named stays as it is by default.
    init(settings text: String) throws {
        self.init()
        var faults: [String] = []
        var seen: Set<String> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let pair = part.split(separator: "=", maxSplits: 1).map { String($0.filter { $0 != " " }) }
            guard pair.count == 2, let word = LimitWord.all.first(where: { $0.name == pair[0] }) else {
                faults.append("\"\(part)\" names no limit")
                continue
            }
            if !seen.insert(word.name).inserted { faults.append("\(word.name) is said twice") }
            guard let number = Int(pair[1]), word.range.contains(number) else {
                faults.append("\(word.name) is a number from \(word.range.lowerBound) to \(word.range.upperBound)")
                continue
            }
            word.set(number, in: &self)
        }
        if faults.isEmpty, message.fieldValue > message.fieldSection {
            faults.append("field_bytes is more than header_bytes")
        }
        guard faults.isEmpty else {
            throw LimitFaults(
                description: faults.joined(separator: "; ")
                    + ". The limits are \(LimitWord.names)")
        }
    }

    /// All limits that the setting has, by name, in its units.
    public var settings: [(name: String, value: Int)] { LimitWord.all.map { ($0.name, $0.number(in: self)) } }
}
