public import Runtime

extension SettingsReader {
    /// The settings by which operators say what a worker serves: `…_QUEUES`, `…_SITES`, `…_CONCURRENCY` and
    /// `…_LEASE`. Faults are left in the reader.
    ///
    /// - Parameters:
    ///   - name: what operators see of the worker.
    ///   - width: how many jobs of single queues run at a time where no setting says how many.
    ///   - grace: how long the program may take to stop; the worker leaves some of it for its last words.
    public mutating func jobWorker(
        prefix: String = "MERIDIAN", name: String, width: [JobQueue: Int] = [:], grace: Duration
    ) -> JobWorkerSettings {
        var settings = JobWorkerSettings(name: name)
        let queues = read(
            "\(prefix)_QUEUES", default: nil, shown: "*", "The queues that the worker serves.",
            "* or names separated by commas", Self.names)
        settings.queues = queues.map { Set($0.map(JobQueue.init(rawValue:))) }
        settings.sites = read(
            "\(prefix)_SITES", default: nil, shown: "*",
            "The sites whose jobs the worker takes, beside those of no site.",
            "* or codes separated by commas", Self.names)
        let concurrency = read(
            "\(prefix)_CONCURRENCY", default: (settings.concurrency, width),
            shown: (["\(settings.concurrency)"] + width.map { "\($0)=\($1)" }.sorted()).joined(separator: ","),
            "How many jobs of a queue run at a time: a number for all, and name=number for single queues.",
            "such as 4 or 4,supplier=16 with numbers from 1 to 1000", Self.concurrency)
        (settings.concurrency, settings.concurrencyOfQueue) = concurrency
        settings.lease = read(
            "\(prefix)_LEASE", default: settings.lease, shown: "30",
            "How many seconds the other workers wait for a sign of life before they take this one's jobs.",
            "a number of seconds from 2 to 600"
        ) { text in
            guard let seconds = Int(text), (2...600).contains(seconds) else { return nil }
            return .seconds(seconds)
        }
        return settings.stopping(within: grace)
    }

    /// Nil inside if all are meant.
    private static func names(_ text: String) -> Set<String>?? {
        if text == "*" { return .some(nil) }
        let words = text.split(separator: ",", omittingEmptySubsequences: false).map(trimmed)
        return words.contains { $0.isEmpty || $0 == "*" } ? nil : .some(Set(words))
    }

    private static func concurrency(_ text: String) -> (Int, [JobQueue: Int])? {
        var common = JobWorkerSettings(name: "").concurrency
        var single: [JobQueue: Int] = [:]
        for word in text.split(separator: ",", omittingEmptySubsequences: false) {
            let parts = word.split(separator: "=", omittingEmptySubsequences: false).map(trimmed)
            guard let number = parts.last.flatMap({ Int($0) }), (1...1000).contains(number) else { return nil }
            switch parts.count {
            case 1: common = number
            case 2 where !parts[0].isEmpty: single[JobQueue(rawValue: parts[0])] = number
            default: return nil
            }
        }
        return (common, single)
    }

    private static func trimmed(_ word: Substring) -> String {
        String(word.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
