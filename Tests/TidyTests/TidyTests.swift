import Foundation
import Testing

@Suite("The rules of the house")
struct TidyTests {
    @Test("are kept in every file", arguments: Rule.all)
    func kept(_ rule: Rule) {
        for file in Repository.swiftFiles {
            for finding in rule.findings(file) { Issue.record("\(file.path):\(finding)") }
        }
    }

    @Test("keep styles and migrations as short as files of Swift")
    func lengthOfOthers() {
        for path in Repository.files(under: ["Sources"], where: { $0.hasSuffix(".css") || $0.hasSuffix(".sql") }) {
            let count = Repository.text(of: path).split(separator: "\n", omittingEmptySubsequences: false).count - 1
            if count > 400 { Issue.record("\(path): the file has \(count) lines; 400 is the most") }
        }
    }

    @Test("find the files they are about")
    func filesAreFound() {
        #expect(Repository.swiftFiles.contains { $0.path == "Tests/TidyTests/TidyTests.swift" })
        #expect(Repository.swiftFiles.contains { $0.module == "Runtime" && $0.isSource })
        #expect(Repository.textFiles.contains("Deploy/test"))
    }

    @Test("let nothing stand at the top that is not named in the design")
    func topLevel() throws {
        let allowed: Set = ["Package.swift", "Sources", "Tests", "Deploy", "Docs", "README.md", "Package.resolved"]
        let names = try FileManager.default.contentsOfDirectory(atPath: Repository.root.path)
        #expect(names.filter { !$0.hasPrefix(".") && !allowed.contains($0) } == [])
    }

    @Test("keep the package free of other packages")
    func noDependencies() {
        let package = Repository.text(of: "Package.swift")
        #expect(package.contains("dependencies: [],\n    targets:"))
        #expect(!package.contains(".package("))
    }

    @Test("give every module tests of its own; programs that are only wired together have those of the journey")
    func tested() {
        let package = Repository.text(of: "Package.swift")
        let modules = package.matches(of: /\bmodule\(\s*"(\w+)"/).map { String($0.1) }
        #expect(modules.count > 25)
        for module in modules {
            let tests = Repository.swiftFiles.filter { $0.path.hasPrefix("Tests/\(module)Tests/") }
            #expect(tests.contains { $0.lines.contains { $0.contains("@Test(") } }, "\(module) has no tests")
        }
        let wired = package.matches(of: /\bprogram\(\s*"([\w-]+)",\s*wiring/).map { String($0.1) }
            .filter { program in
                !Repository.swiftFiles.contains { $0.path.hasPrefix("Tests/\(program.capitalized)Tests/") }
            }
        let played = Repository.text(of: "Tests/JourneyTests/Support/ProgramName.swift")
        #expect(wired.count == 4)
        for program in wired { #expect(played.contains("\"\(program)\""), "\(program) is in no journey") }
    }

    @Test("say no phrase without the values that it names")
    func phrases() throws {
        let catalogue =
            try JSONSerialization.jsonObject(
                with: Data(Repository.text(of: "Sources/Assets/catalogue/en.json").utf8)) as? [String: Any]
        let messages = catalogue?["messages"] as? [String: Any] ?? catalogue ?? [:]
        let needy = messages.filter { "\($0.value)".contains(/\{\w+\}/) }.keys
        #expect(needy.count > 100)
        for file in Repository.swiftFiles where file.isSource {
            for match in file.text.matches(of: /wording\(\s*\.(\w+)\s*\)/) where needy.contains(String(match.1)) {
                Issue.record("\(file.path): \(match.1) is said without its values")
            }
        }
    }

    @Test("leave no note of work undone, and no place of somebody's machine", arguments: Repository.textFiles)
    func wordsNowhere(path: String) {
        // Written in halves, or this file would break the rule.
        let words = ["TO" + "DO", "FIX" + "ME", "XX" + "X"]
        let places = ["/wo" + "rk/", "/tmp/w" + "t-", "/ro" + "ot/"]
        let text = Repository.text(of: path)
        // A literal is data, in which the same letters may be a name.
        let notes = Repository.swiftFilesByPath[path]?.withoutLiterals ?? text
        for (number, line) in notes.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            for word in words where line.contains(word) && line.contains(word: word) {
                Issue.record("\(path):\(number + 1): do it now, or write it down in Docs/Roadmap.md")
            }
        }
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            for place in places where line.contains(place) {
                Issue.record("\(path):\(number + 1): a place of one machine")
            }
        }
    }

    @Test("keep the database's time of day out of the desk's tables")
    func noTimeInMigrations() {
        for path in Repository.files(under: ["Sources/Assets/migrations/desk"], where: { $0.hasSuffix(".sql") }) {
            let lines = Repository.text(of: path).split(separator: "\n", omittingEmptySubsequences: false)
            for (number, line) in lines.enumerated() where line.contains(/\bnow\(\)|\bcurrent_timestamp\b/) {
                Issue.record("\(path):\(number + 1): the moment comes as a value")
            }
        }
    }

    @Test("ask for small files: half of them have at most 120 lines")
    func median() {
        for part in ["Sources", "Tests"] {
            let lengths = Repository.swiftFiles.filter { $0.part == part }.map(\.lines.count).sorted()
            #expect(lengths[lengths.count / 2] <= 120, "the median of \(part) is \(lengths[lengths.count / 2]) lines")
        }
    }
}

extension Substring {
    /// Whether the text stands here as a word of its own.
    fileprivate func contains(word: String) -> Bool {
        ranges(of: word).contains { range in
            let before = range.lowerBound == startIndex ? nil : self[index(before: range.lowerBound)]
            let after = range.upperBound == endIndex ? nil : self[range.upperBound]
            return before?.isLetter != true && after?.isLetter != true
        }
    }
}
