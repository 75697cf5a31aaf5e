import DeskTestSupport
import Foundation
import Testing

/// Real mail that is shared between projects; it stands beside the package.
enum MailCorpus {
    struct File: Sendable, CustomTestStringConvertible {
        let name: String
        let bytes: [UInt8]
        var testDescription: String { name }
    }

    static let folder = TestDesk.root.appending(path: "../shared/data/mail")

    /// Every mail below a folder, in the order of names; none if the corpus is not there.
    static func files(in name: String) -> [File] {
        let folder = folder.appending(path: name)
        let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(".eml") }.sorted().compactMap { name in
            (try? Data(contentsOf: folder.appending(path: name))).map { File(name: name, bytes: Array($0)) }
        }
    }

    static var isThere: Bool { FileManager.default.fileExists(atPath: folder.path) }
}
