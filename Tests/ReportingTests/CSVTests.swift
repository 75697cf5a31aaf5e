import Testing

@testable import Reporting

@Suite("Tables for spreadsheets")
struct CSVTests {
    @Test("A cell is quoted where RFC 4180 asks for it, and only there")
    func quoting() {
        var csv = CSV(["a", "b"])
        csv.append(["plain", "with, comma"])
        csv.append(["say \"hi\"", "two\r\nlines"])
        #expect(csv.text == "a,b\r\nplain,\"with, comma\"\r\n\"say \"\"hi\"\"\",\"two\r\nlines\"\r\n")
    }

    @Test(
        "What a spreadsheet would run as a formula is made text",
        arguments: ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\tx", "＝1", "=HYPERLINK(\"http://x\")"])
    func formula(_ text: String) {
        let cell = CSV.cell(text)
        #expect(cell.hasPrefix("'") || cell.hasPrefix("\"'"))
    }

    @Test("Numbers stay numbers, signs included", arguments: ["-12.5", "+3", "0"])
    func numbers(_ text: String) { #expect(CSV.cell(text) == text) }
}
