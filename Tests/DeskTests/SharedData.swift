import Foundation

/// Real material beside the repository, which not every machine has.
enum SharedData {
    static func text(_ path: String) -> String? {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try? String(contentsOf: root.appending(path: "../shared/data/\(path)"), encoding: .utf8)
    }
}
