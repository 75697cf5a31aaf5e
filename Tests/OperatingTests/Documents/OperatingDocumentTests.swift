import DeskTestSupport
import Foundation
import Testing

@Suite("Docs/Operating.md")
struct OperatingDocumentTests {
    /// The programs by the words that the document has for them.
    private static let programs = [
        "gateway": "intake-gateway", "routing": "routing-worker", "supplier": "supplier-worker",
        "reporting": "reporting-service",
    ]

    private struct Row {
        let name: String
        let isFile: Bool
        let standard: String
        let programs: Set<String>
    }

    private let text: String
    private let rows: [Row]

    init() throws {
        text = try String(contentsOf: TestDesk.root.appending(path: "Docs/Operating.md"), encoding: .utf8)
        rows = text.split(separator: "\n").compactMap { line in
            guard let match = line.wholeMatch(of: /\| `(MERIDIAN_[A-Z_]+)`( \*)? \| (.*?) \| .* \| (.*) \|/) else {
                return nil
            }
            let words = match.4.split(separator: ", ").map(String.init)
            return Row(
                name: String(match.1), isFile: match.2 != nil, standard: String(match.3),
                programs: words == ["all"] ? Set(Self.programs.keys) : Set(words))
        }
    }

    /// What a program's help says of its settings: the default by the name, and whether a file may hold the value.
    private func settings(of program: String) async throws -> [String: (standard: String?, isFile: Bool)] {
        let help = try await BuiltProgram(program).run(["--help"])
        try #require(help.status == 0, "\(help.errorText)")
        var settings: [String: (standard: String?, isFile: Bool)] = [:]
        for (index, line) in help.output.enumerated() {
            guard let match = line.wholeMatch(of: /\s+(MERIDIAN_[A-Z_]+)(, MERIDIAN_[A-Z_]+_FILE)?/) else { continue }
            let sentence = help.output[index + 1]
            settings[String(match.1)] = (
                sentence.hasSuffix("Required.")
                    ? "required" : sentence.firstMatch(of: /Default: (.*)$/).map { String($0.1) },
                match.2 != nil
            )
        }
        return settings
    }

    @Test(
        "names exactly the settings that each program prints with --help, with their defaults",
        arguments: programs.keys.sorted())
    func settings(word: String) async throws {
        let told = try await settings(of: try #require(Self.programs[word]))
        let documented = rows.filter { $0.programs.contains(word) }
        #expect(Set(documented.map(\.name)) == Set(told.keys).subtracting(["MERIDIAN_TEST_FAULT"]))
        for row in documented {
            guard let setting = told[row.name] else { continue }
            #expect(setting.isFile == row.isFile, "\(row.name)")
            // Where programs differ, the document names the defaults of all.
            if let standard = setting.standard, standard.contains(where: \.isLetter) || standard == "8" {
                #expect(row.standard.contains(standard), "\(row.name): \(standard)")
            }
        }
    }
}
