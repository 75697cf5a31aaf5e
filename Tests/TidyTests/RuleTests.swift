import Testing

@Suite("Each rule of the house")
struct RuleTests {
    /// The faults that all rules together find in a file of this text.
    private func faults(_ text: String, path: String = "Sources/Desk/Ticket.swift") -> [String] {
        let file = SourceFile(path: path, text: text)
        return Rule.all.flatMap { rule in rule.findings(file).map { "\($0.line): \(rule.sentence)" } }
    }

    @Test("finds nothing in a clean file")
    func clean() {
        let text = """
            import Moments

            /// "try!" in a comment and "Task {" in a literal are words, not code: "/*" too.
            struct Ticket {
                let text = "as! Task { try! now }"
                func name() -> String { "a \\(text.map { "\\($0)" } ?? #"\\(")"#) b" }
            }

            """
        #expect(faults(text) == [])
    }

    @Test("finds what is too long")
    func long() {
        #expect(faults(String(repeating: "\n", count: 401)) == ["401: A file can be read at one sitting"])
        #expect(faults(String(repeating: "\n", count: 400)) == [])
        let wide = "let word = 1 //" + String(repeating: "x", count: 106)
        #expect(faults(wide) == ["1: A line fits the window"])
        #expect(faults(String(wide.dropLast())) == [])
        let text = "let text = \"\"\"\n    " + String(repeating: "y", count: 130) + "\n    \"\"\"\n"
        #expect(faults(text) == [])
        #expect(faults(text.replacing("yyy", with: "yyyy")) == ["2: A line fits the window"])
        let body = String(repeating: "    f()\n", count: 60)
        #expect(faults("protocol P {\n    func a()\n}\n\nfunc f() {\n\(body)}\n") == [])
        #expect(
            faults("\nfunc f(\n    a: Int\n)\n    async -> Int\n{\n    f()\n\(body)}\n")
                == ["2: A function can be seen at one glance"])
    }

    @Test(
        "finds an escape that gives no reason",
        arguments: [
            "final class A: @unchecked Sendable {}", "nonisolated(unsafe) var a = 1", "let a = try! b()",
            "let a = b as! C", "Task.detached { }", "Task { }", "Task(priority: .low) { }", "let a = b!",
        ])
    func escapes(line: String) {
        #expect(faults(line).count == 1, "\(faults(line))")
        #expect(faults("// Safe: because it is tested.\n// It really is.\n\(line)") == [])
        #expect(faults("// Safe: too far away.\n\n\(line)").count == 1)
        #expect(faults("if a != b { c() }\nlet d = !e\nlet f: Task<Int, Never>") == [])
    }

    @Test("finds arrows that point up or sideways")
    func arrows() {
        #expect(faults("import Runtime") == ["1: The rules of the desk are pure"])
        #expect(
            faults("public import Suppliers", path: "Sources/Routing/A.swift")
                == ["1: A feature never imports a feature"])
        #expect(
            faults("import DeskStore", path: "Sources/Jobs/A.swift") == ["1: Tools and ground know nothing of desks"])
        #expect(
            faults("import Testing", path: "Sources/Jobs/A.swift")
                == ["1: The product does not carry its tests' library"])
        #expect(faults("import Testing", path: "Tests/JobsTests/A.swift") == [])
        #expect(faults("@testable import FoundationNetworking", path: "Tests/JobsTests/A.swift").count == 1)
    }

    @Test("finds time that was not handed in")
    func time() {
        #expect(faults("let a = Date()").count == 1)
        #expect(faults("let a = Date.now").count == 1)
        #expect(faults("let a = Date()", path: "Sources/Runtime/SystemTime.swift") == [])
        #expect(faults("try await Task.sleep(for: .seconds(1))", path: "Tests/DeskTests/A.swift").count == 1)
        #expect(faults("usleep(5)").count == 1)
        #expect(faults("// Safe: it blocks a thread that is meant to be blocked.\nusleep(5)") == [])
        #expect(faults("try await loop.sleep(for: .seconds(1))") == [])
        let sql = "let a: SQL = \"update ticket set at = now()\""
        #expect(
            faults(sql, path: "Sources/DeskStore/A.swift") == ["1: The database's time of day is the queue's alone"])
        #expect(faults(sql, path: "Sources/Jobs/A.swift") == [])
        #expect(faults("let a = time.now()", path: "Sources/DeskStore/A.swift") == [])
    }

    @Test("finds what is not explained")
    func explained() {
        let path = "Sources/HTTP/A.swift"
        #expect(faults("public struct A {\n}", path: path) == ["1: What others use is explained"])
        #expect(faults("/// A.\n@frozen\npublic struct A {}", path: path) == [])
        #expect(faults("public import Moments\npublic extension A {}", path: path) == [])
        #expect(faults("    public static func == (a: A, b: A) -> Bool { a }", path: path) == [])
        #expect(faults("    public static func make() -> A { a }", path: path).count == 1)
    }

    @Test("can tell a literal from a note")
    func literals() {
        let file = SourceFile(path: "Sources/Desk/A.swift", text: "let a = \"one \\(b)\" // two\nlet c = \"three\"\n")
        #expect(file.withoutLiterals == "let a = \"    \\(b)\" // two\nlet c = \"     \"\n")
    }

    @Test("finds the rest")
    func others() {
        #expect(faults("func a() { fatalError() }").count == 1)
        #expect(faults("", path: "Sources/Desk/StringUtils.swift") == ["1: A file is named for what it holds"])
        #expect(faults("", path: "Sources/Desk/Commonplace.swift") == [])
        #expect(faults("let größe = 1") == ["1: Names are written in ASCII"])
        #expect(faults("let a = \"größe\"") == [])
        let page = "let a: HTML = \"<p></p><script nonce=1>let a = \\(b)</script>\""
        #expect(faults(page) == ["1: A script or a style takes no values: they could not be escaped"])
        #expect(faults("let a: HTML = \"<script src='\\(b)'></script>\"") == [])
        let enqueue = "\n    func enqueue(_ job: Job) {}\n}"
        #expect(faults("extension Transaction {\(enqueue)", path: "Sources/Jobs/A.swift") == [])
        #expect(faults("extension Database {\(enqueue)", path: "Sources/Jobs/A.swift").count == 1)
    }
}
