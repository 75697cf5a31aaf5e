import Foundation

/// How much of the machine's memory this process has, in KiB.
enum Memory {
    /// The most since `resetPeak`.
    static var peak: Int { read("VmHWM:") }

    /// Begins to count anew, and returns how much there is now.
    static func resetPeak() -> Int {
        try? Data("5".utf8).write(to: URL(filePath: "/proc/self/clear_refs"))
        return read("VmRSS:")
    }

    private static func read(_ name: String) -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
        return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
            ?? line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
    }
}
