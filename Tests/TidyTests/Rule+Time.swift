extension Rule {
    /// Time is handed in.
    static let time: [Rule] = [
        Rule(
            "The time of day comes from a timekeeper", never: { /\bDate\(\)|\bDate\.now\b/ },
            needle: "Date", fault: "ask the Timekeeper that was handed in"
        ) {
            $0.isSource && !($0.module == "Runtime" && $0.name == "SystemTime.swift")
        },
        Rule("The database's time of day is the queue's alone") { file in
            guard file.isSource, file.module != "Jobs", file.module != "Postgres" else { return [] }
            return file.literals.matches(of: /\b(?:now\(\)|current_timestamp\b|localtimestamp\b)/.ignoresCase()).map {
                Finding(
                    line: file.line(at: $0.range.lowerBound, of: file.literals),
                    fault: "pass the moment as a value")
            }
        },
        Rule(
            "Nobody sleeps: what is waited for can be awaited",
            never: { /\bTask\.sleep\b|\bThread\.sleep\b|\bsleep\(\d/ }, needle: "sleep",
            fault: "wait for the event, or for a moment of the timekeeper",
            where: { !($0.isSource && $0.module == "Runtime") }),
        escape({ /\busleep\b/ }, needle: "usleep"),
        escape({ /\bnanosleep\b/ }, needle: "nanosleep"),
    ]
}
