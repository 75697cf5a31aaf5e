import Desk
import DeskSuppliers
import Foundation
import JSON
import Moments
import Testing

@Suite("What is read of a supplier's Jira")
struct JiraIssueTests {
    @Test(
        "An issue is read with the last of its changes of status, whichever order they come in",
        arguments: [true, false])
    func reading(isReversed: Bool) throws {
        let changes = [
            #"{"id":"9","items":[{"field":"status"}]}"#,
            #"{"id":"10","items":[{"field":"labels"},{"field":"status"}]}"#,
            #"{"id":"11","items":[{"field":"labels"}]}"#,
        ]
        let histories = (isReversed ? changes.reversed() : changes).joined(separator: ",")
        let json = """
            {"id":"10001","key":"SUP-1","changelog":{"histories":[\(histories)]},"fields":{"labels":["meridian"],
              "status":{"name":"Over","statusCategory":{"key":"done"}},"resolution":{"name":"Won't Do"},
              "priority":{"name":"High"},"updated":"2026-03-02T10:00:00.250+0100"}}
            """
        let issue = try #require(JiraIssue(reading: try JSON.parse(json.utf8)))
        #expect(issue.statusChange == "10" && issue.priority == "High")
        #expect(issue.updated == Moment(rfc3339: "2026-03-02T09:00:00.25Z"))
        #expect(issue.broader == ["Won't Do", "category:done"] && issue.state(in: Supplier.Jira.mapping) == .rejected)
        let older = try #require(JiraIssue(reading: .object(["id": "9999"])))
        #expect(JiraIssue.isOlder(older, issue) && !JiraIssue.isOlder(issue, older))
        #expect(JiraIssue(reading: .object(["key": "SUP-1"])) == nil)
    }

    @Test("News are kept as text and read again")
    func news() throws {
        let terms = Supplier.Jira(url: "https://acme.example", token: "t", project: "SUP", issueType: "Task")
        let status = #"{"name":"In work","statusCategory":{"key":"indeterminate"}}"#
        let json = #"{"id":"1","fields":{"status":\#(status),"priority":{"name":"High"}}}"#
        let issue = try #require(JiraIssue(reading: try JSON.parse(json.utf8)))
        let texts = [
            #"{"id":"5","author":{"accountId":"n"},"body":"Hello"}"#,
            #"{"id":"6","author":{"accountId":"us"},"body":"Ours"}"#,
            #"{"id":"7","author":{"name":"n"},"body":"Secret","visibility":{"type":"role","value":"Admins"}}"#,
            #"{"id":"8","body":"Ours","properties":[{"key":"meridian","value":{"message":"m"}}]}"#,
            #"{"id":"9","body":{"type":"doc","content":[]}}"#,
        ]
        let comments = try texts.compactMap { JiraComment(reading: try JSON.parse($0.utf8)) }
        #expect(comments.count == 5)
        let news = SupplierNews.all(of: issue, comments, in: UUID(), except: "us", under: terms)
        #expect(news.map(\.messageID) == ["jira:1:comment:5", "jira:1:status:first:In work"])
        #expect(news.map(\.statement.content) == [.noted("Hello"), .stated("In work", text: nil)])
        #expect(news[1].statement.broader == ["category:indeterminate"] && news[1].statement.priority == "High")
        #expect(try news.map { try SupplierNews(reading: $0.text) } == news)
        for text in ["", "{}", #"{"id":"1","exchange":"x","text":"y"}"#] {
            #expect(throws: UnreadableEvent.self) { try SupplierNews(reading: text) }
        }
    }
}
