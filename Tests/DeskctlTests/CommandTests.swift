import Foundation
import Testing

@testable import deskctl

@Suite("The commands of deskctl")
struct CommandTests {
    @Test("stand in Docs/Operating.md, all but those that serve the project itself, and no other")
    func documented() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Docs/Operating.md")
        var documented: Set<String> = []
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
            guard let match = line.wholeMatch(of: /\| (`deskctl .*`) \| .* \|/) else { continue }
            // `deskctl ticket show`, `list`: a word alone belongs to the group of the command before it.
            var group = ""
            for quoted in match.1.matches(of: /`([a-z -]+)`/) {
                let words = quoted.1.split(separator: " ").drop { $0 == "deskctl" }.map(String.init)
                let isAlone = !quoted.1.hasPrefix("deskctl ")
                documented.insert(isAlone ? "\(group) \(words[0])" : words.joined(separator: " "))
                if !isAlone { group = words[0] }
            }
        }
        #expect(documented == Set(Command.all.map(\.name)).subtracting(["clock", "rehearse"]))
    }
}
