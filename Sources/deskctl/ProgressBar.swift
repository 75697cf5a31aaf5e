/// Shows how far long work has come, where somebody watches: redrawn in place, and gone when the work is done.
struct ProgressBar {
    private let width = 28
    private var shown = ""
    private let write: (String) -> Void

    /// Draws on standard error if that is a terminal, and nowhere otherwise.
    init() {
        self.init(isVisible: Terminal.isInteractive(.error)) { Terminal.write(bytes: Array($0.utf8), to: .error) }
    }

    init(isVisible: Bool, write: @escaping (String) -> Void) {
        self.write = isVisible ? write : { _ in }
    }

    /// Shows that `done` of `total` is done, and what is being done.
    mutating func show(_ done: Int, of total: Int, _ label: String) {
        let text = Self.line(done, of: total, label, width: width)
        guard text != shown else { return }
        write("\r\u{1b}[2K\(text)")
        shown = text
    }

    /// Clears the line.
    mutating func clear() {
        if !shown.isEmpty { write("\r\u{1b}[2K") }
        shown = ""
    }

    static func line(_ done: Int, of total: Int, _ label: String, width: Int) -> String {
        let part = total <= 0 ? 0 : min(max(Double(done) / Double(total), 0), 1)
        let filled = Int(part * Double(width))
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
        return "\(bar) \(Int(part * 100)) %  \(label)"
    }
}
