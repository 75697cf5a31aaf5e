import Foundation
import Testing

/// The real mail that the tests read. It lies beside the repository, not in it.
enum Samples {
    static let folder: URL = {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { root.deleteLastPathComponent() }
        return root.appendingPathComponent("../shared/data/mail").standardizedFileURL
    }()

    /// Whether the material is there; tests that need it are skipped if not.
    static let exist = FileManager.default.fileExists(atPath: folder.path)

    static let absent: Comment = "The real mail (../shared/data/mail) is not there"

    static func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appendingPathComponent(path)))
    }

    /// The paths of all messages below the folders, sorted.
    static func paths(below folders: [String]) -> [String] {
        guard exist else { return [] }
        let endings: Set<String> = ["eml", "txt", ""]
        return folders.flatMap { name -> [String] in
            let found = FileManager.default.enumerator(atPath: folder.appendingPathComponent(name).path)
            return (found?.compactMap { $0 as? String } ?? []).filter { path in
                endings.contains(URL(fileURLWithPath: path).pathExtension) && !isFolder("\(name)/\(path)")
            }.map { "\(name)/\($0)" }
        }.sorted()
    }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(
            atPath: folder.appendingPathComponent(path).path, isDirectory: &isFolder) && isFolder.boolValue
    }
}
