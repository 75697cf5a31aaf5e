import JSON

/// What a simulation has come to.
struct ChaosReport: Sendable {
    let options: ChaosOptions
    /// How many tickets came in, those aside that others were made from.
    var arrivals = 0
    /// How many tickets the desk said it had taken, and how many of them are not there.
    var acknowledged = 0
    var lost = 0
    /// Letters, messages and deadlines that came twice without a fault to excuse it.
    var doubled = 0
    /// Deadlines that nobody was told of in their time.
    var late = 0
    /// By name, how often each fault was made.
    var faults: [String: Int] = [:]
    /// How many things happened, and the whole log in a few digits.
    var steps = 0
    var digest = ""
    var violations: [Violation] = []

    /// One thing that must never be.
    struct Violation: Sendable, Hashable, CustomStringConvertible {
        let rule: String
        /// The ticket, the letter or whatever else it is about.
        let about: String
        let details: String
        let step: Int
        let at: String

        var description: String { "step \(step), \(at): \(rule): \(about): \(details)" }
    }

    /// The command that plays the same again.
    var replay: String {
        "Deploy/chaos desk --seed \(options.seed) --tickets \(arrivals)\(options.isInvented ? " --invented" : "")"
    }

    /// The object that scripts read.
    var json: JSON {
        .object([
            "chaos": "desk", "seed": Int64(options.seed),
            "seconds": Int64(options.seconds), "acknowledged": acknowledged, "lost": lost, "doubled": doubled,
            "late": late, "arrivals": arrivals, "steps": steps, "digest": digest,
            "faults": JSON.object(JSONObject(faults.sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) })),
            "violations": violations.map(\.json),
        ])
    }
}

extension ChaosReport.Violation {
    var json: JSON {
        .object(["rule": rule, "about": about, "details": details, "step": step, "at": at])
    }
}
