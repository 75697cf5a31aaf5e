import Foundation
import Testing

@testable import Mail

@Suite("The words of bounces", .enabled(if: Samples.exist, Samples.absent))
struct BounceWordsTests {
    /// The real bounces whose reason is another as soon as one phrase is not known, by that phrase.
    private static func hanging() throws -> (count: Int, files: [String: [String]]) {
        let paths = Samples.paths(below: ["bounces"])
        var files: [String: [String]] = [:]
        for path in paths {
            let bytes = try Samples.bytes(path)
            let message = MessageParser().parse(bytes)
            let said = FoldedWords(message.text + " " + String(decoding: bytes, as: UTF8.self))
            let known = Bounce.all(in: message).map(\.reason)
            for phrase in BounceWords.all.phrases where said.contains(phrase) {
                let left = Bounce.all(in: message, by: .all.without(phrase)).map(\.reason)
                if left != known { files[phrase, default: []].append(path) }
            }
        }
        return (paths.count, files)
    }

    @Test("What hangs on one phrase")
    func phrases() throws {
        let (count, files) = try Self.hanging()
        print("of", count, "hang", Set(files.values.joined()).count)
        for (phrase, paths) in files.sorted(by: { ($0.value.count, $0.key) < ($1.value.count, $1.key) }) {
            print(paths.count, phrase, paths.prefix(4).joined(separator: " "))
        }
    }
}
