import Foundation

/// How much of the machine's memory a process has, in KiB.
struct ProcessMemory: Sendable {
    let process: Int32

    /// The most since `resetPeak`.
    var peak: Int { read("VmHWM:") }

    /// Begins to count anew, and returns how much there is now.
    func resetPeak() -> Int {
        try? Data("5".utf8).write(to: URL(filePath: "/proc/\(process)/clear_refs"))
        return read("VmRSS:")
    }

    private func read(_ name: String) -> Int {
        let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
        return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
    }
}
