import DeskStore
import DeskTestSupport
import PostgresTestSupport
import Testing

@Suite("deskctl letter preview", .database(template: TestDesk.template))
struct LetterCommandTests {
    private let desk: Operator

    init() throws { desk = try Operator() }

    @Test("shows a letter in the language asked for, as text, as HTML and as the message that is sent")
    func preview() async throws {
        let text = try await desk.run("letter", "preview", "OSL", "acknowledgement", "nb")
        #expect(text.status == 0 && text.text.contains("[OSL-"), "\(text.text) \(text.errorText)")
        let english = try await desk.run("letter", "preview", "OSL", "acknowledgement", "en")
        #expect(english.text != text.text)
        let page = try await desk.run("letter", "preview", "OSL", "acknowledgement", "nb", "--html")
        #expect(page.text.contains("<html") && page.text.contains("lang=\"nb\""), "\(page.text)")
        let source = try await desk.run("letter", "preview", "OSL", "acknowledgement", "nb", "--source")
        #expect(source.text.contains("multipart/alternative") && source.text.contains("X-Meridian-Loop"))
    }

    @Test("refuses a site, a letter and a language that there are not")
    func faults() async throws {
        #expect(try await desk.fault(65, "letter", "preview", "XXX", "acknowledgement", "nb").contains("no site XXX"))
        #expect(try await desk.fault(64, "letter", "preview", "OSL", "thanks", "nb").contains("no letter thanks"))
        #expect(try await desk.fault(64, "letter", "preview", "OSL", "acknowledgement", "fr").contains("in fr"))
        try await desk.fault(64, "letter", "preview", "OSL")
    }
}
