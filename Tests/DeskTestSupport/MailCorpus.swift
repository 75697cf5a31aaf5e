public import Foundation
public import Testing

/// Real mail that is shared between projects; it stands beside the package.
public enum MailCorpus {
    public struct File: Sendable, CustomTestStringConvertible {
        public let name: String
        public let bytes: [UInt8]
        public var testDescription: String { name }
    }

    /// One mail, to the desks of some sites.
    public struct Sending: Sendable {
        public let file: File
        public let recipients: [String]

        public init(file: File, recipients: [String]) { (self.file, self.recipients) = (file, recipients) }

        /// To one, two or three of the desks.
        public init(_ file: File, using random: inout some RandomNumberGenerator) {
            let count = Int.random(in: 1...3, using: &random)
            self.init(file: file, recipients: Array(desks.shuffled(using: &random).prefix(count)))
        }
    }

    /// Where the desks of five sites of the example organisation take mail.
    public static let desks = [
        "hjelp@oslo.norrsken.example", "hulp@amsterdam.norrsken.example", "pomoc@warszawa.norrsken.example",
        "hjalp@stockholm.norrsken.example", "help@singapore.norrsken.example",
    ]

    public static let folder = TestDesk.root.appending(path: "../shared/data/mail")

    /// Every mail below a folder, in the order of names; none if the corpus is not there.
    public static func files(in name: String) -> [File] {
        let folder = folder.appending(path: name)
        let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(".eml") || $0.hasSuffix(".txt") }.sorted().compactMap { name in
            (try? Data(contentsOf: folder.appending(path: name))).map { File(name: name, bytes: Array($0)) }
        }
    }

    public static var isThere: Bool { FileManager.default.fileExists(atPath: folder.path) }
}
