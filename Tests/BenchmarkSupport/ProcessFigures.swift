import Foundation

/// What the system says of processes.
public enum ProcessFigures {
    /// Processor time so far, of user and system together. One that has ended meanwhile counts no more, as PostgreSQL
    /// lets workers go at any time.
    public static func processorSeconds(of processes: [Int32]) throws -> Double {
        try processes.reduce(0) { sum, process in
            guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return sum }
            // The name of the program stands in parentheses and may hold blanks.
            let words = text.split(separator: ")").last?.split(separator: " ") ?? []
            guard words.count > 12, let user = Double(words[11]), let system = Double(words[12]) else {
                throw BenchmarkFault("/proc/\(process)/stat cannot be read")
            }
            return sum + (user + system) / Double(sysconf(CInt(_SC_CLK_TCK)))
        }
    }

    /// Bytes in memory that belong to the processes alone; none of one that has ended.
    public static func memory(of processes: [Int32]) throws -> Double {
        try processes.reduce(0) { sum, process in
            guard let text = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8) else { return sum }
            guard let found = text.firstMatch(of: /RssAnon:\s+(\d+) kB/), let kilobytes = Double(found.1) else {
                throw BenchmarkFault("/proc/\(process)/status cannot be read")
            }
            return sum + kilobytes * 1_024
        }
    }

    public static func children(of process: Int32) -> [Int32] {
        let text = (try? String(contentsOfFile: "/proc/\(process)/task/\(process)/children", encoding: .utf8)) ?? ""
        return text.split(separator: " ").compactMap { Int32($0) }
    }
}
