import Foundation

/// The files of the repository that this test was built from.
enum Repository {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Every Swift file of the sources and the tests.
    static let swiftFiles: [SourceFile] = files(under: ["Sources", "Tests"]) { $0.hasSuffix(".swift") }
        .map { SourceFile(path: $0, text: text(of: $0)) }

    static let swiftFilesByPath = Dictionary(uniqueKeysWithValues: swiftFiles.map { ($0.path, $0) })

    /// Every file that is read as text by people.
    static let textFiles: [String] =
        ["Package.swift", "README.md"]
        + files(under: ["Sources", "Tests", "Deploy", "Docs"]) { path in
            let name = path.split(separator: "/").last ?? ""
            let kinds = ["swift", "c", "h", "sql", "css", "js", "json", "md", "sh", "modulemap", "yaml", "html"]
            return !name.contains(".") || kinds.contains { name.hasSuffix(".\($0)") }
        }

    static func text(of path: String) -> String {
        (try? String(contentsOf: root.appending(path: path), encoding: .utf8)) ?? ""
    }

    /// Paths below the root, sorted.
    static func files(under folders: [String], where isWanted: (String) -> Bool) -> [String] {
        folders.flatMap { folder -> [String] in
            // A package may be built from links to the folders.
            let place = root.appending(path: folder).resolvingSymlinksInPath()
            let walk = FileManager.default.enumerator(atPath: place.path)
            return (walk?.allObjects ?? []).compactMap { $0 as? String }.map { "\(folder)/\($0)" }
        }
        .filter { isWanted($0) && !isFolder($0) }.sorted()
    }

    private static func isFolder(_ path: String) -> Bool {
        (try? root.appending(path: path).resourceValues(forKeys: [.isDirectoryKey]).isDirectory) ?? false
    }
}
