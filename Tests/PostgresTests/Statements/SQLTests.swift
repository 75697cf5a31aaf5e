import Testing

@testable import Postgres

@Suite("A statement")
struct SQLTests {
    @Test("numbers its parameters in order, through fragments and joined parts")
    func numbers() {
        let condition: SQL = "site = \("OSL") and priority <= \(2)"
        let whole: SQL = "select \(columns: Row.self) from ticket where \(condition) and state = \("new")"
        #expect(whole.text == "select id, subject from ticket where site = $1 and priority <= $2 and state = $3")
        let joined = [condition, "state = \("new")", "true"].joined(separator: " and ")
        #expect(joined.text == "site = $1 and priority <= $2 and state = $3 and true")
        #expect(joined.parameters.types == [25, 20, 25])
        #expect(([] as [SQL]).joined(separator: ", ").text == "")
    }

    @Test("keeps values out of its text, whatever they hold")
    func keepsValuesOut() {
        let evil = "'; drop table ticket; --"
        #expect(("select \(evil)" as SQL).text == "select $1")
        #expect(("select \(Optional(evil))" as SQL).text == "select $1")
        #expect(("select \([evil])" as SQL).text == "select $1")
    }

    @Test(
        "quotes names so that they are names and nothing else",
        arguments: [("ticket", "\"ticket\""), ("a\"b", "\"a\"\"b\""), ("a\u{0}b", "\"ab\""), ("", "\"\"")])
    func quotes(name: String, quoted: String) {
        #expect(("\(identifier: name)" as SQL).text == quoted)
    }

    private struct Row: PostgresRow {
        static let columns = "id, subject"

        init(from row: inout RowReader) throws(UndecodableColumn) {
            _ = try row.read(Int.self)
            _ = try row.read(String.self)
        }
    }
}
