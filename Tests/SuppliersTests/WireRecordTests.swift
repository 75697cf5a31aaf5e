import HTTP
import Testing

@testable import Suppliers

@Suite("The record of what was said to a supplier's system")
struct WireRecordTests {
    @Test("A text stands in it as it was sent; what is no text stands there by its type and size")
    func bodies() {
        let record = WireRecord()
        record.note(Request(.post, "/a", fields: [.contentType: "text/plain"], body: RequestBody("Grüße")))
        record.note(Request(.post, "/b", fields: [.contentType: "image/png"], body: RequestBody([0x89, 0x50])))
        record.note(Request(.post, "/c", body: RequestBody("The code is 4711.")), as: "[a file]")
        #expect(record.sent == "POST /a\nGrüße\n\nPOST /b\n[image/png, 2 bytes]\n\nPOST /c\n[a file]")
    }
}
