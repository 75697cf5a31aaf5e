import DeskSuppliers
import JSON
import Testing

@Suite("A file at a trouble ticket of TMF621")
struct TroubleTicketAttachmentTests {
    typealias Attachment = TroubleTicket.Attachment

    @Test("It is written with its content, type, size and source", arguments: TroubleTicketVersion.allCases)
    func written(version: TroubleTicketVersion) throws {
        var ticket = TroubleTicket(id: "7")
        ticket.attachments = [Attachment("rack.png", type: "image/png", [1, 2, 255], source: .buyer)]
        let json = ticket.json(version)
        let expected = try JSON.parse(
            """
            {"name": "rack.png", "mimeType": "image/png", "attachmentType": "picture", "content": "AQL/",
             "size": {"amount": 3, "units": "bytes"}, "source": "buyer", "@type": "Attachment"}
            """)
        #expect(json["attachment"]?.array == [expected])
        #expect(TroubleTicket(reading: json) == ticket)
        #expect(TroubleTicket(id: "7").json(version)["attachment"] == nil)
    }

    @Test("It is read as far as it can be: sizes in other units are not exact, and content may be none")
    func lenient() throws {
        let json = try JSON.parse(
            """
            [{"id": 4, "href": "/a/4", "name": "a.pdf", "size": {"amount": 3, "units": "KB"}, "source": "SELLER"},
             {"url": "https://files.example/b", "size": {"amount": 12, "units": "B"}, "content": "not base64!"},
             {"name": "c.txt", "content": "AQL/"}, {"description": "nothing"}, 7]
            """)
        let files = TroubleTicket(reading: .object(["attachment": json])).attachments
        #expect(files.map(\.id) == ["4", nil, nil] && files.map(\.name) == ["a.pdf", nil, "c.txt"])
        #expect(files.map(\.size) == [nil, 12, 3] && files.map(\.content) == [nil, nil, [1, 2, 255]])
        #expect(files[0].source == .seller && files[0].href == "/a/4")
    }

    @Test("One that is there goes along by its place, and with its content only where it has no other")
    func kept() throws {
        let placed = try JSON.parse(#"{"id": "1", "href": "/a/1", "validFor": {}, "content": "AQL/"}"#)
        #expect(Attachment.kept(placed) == (try JSON.parse(#"{"id": "1", "href": "/a/1", "validFor": {}}"#)))
        let whole = try JSON.parse(#"{"id": "1", "content": "AQL/"}"#)
        #expect(Attachment.kept(whole) == whole)
    }
}
