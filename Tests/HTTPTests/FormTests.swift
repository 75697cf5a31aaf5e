import HTTP
import Synchronization
import Testing

@Suite("Forms")
struct FormTests {
    private func request(_ type: String, _ body: String) -> Request {
        Request(.post, "/tickets", fields: [.contentType: type], body: RequestBody(body))
    }

    @Test("A urlencoded form gives its values, duplicates included")
    func urlencoded() throws {
        let form = try request("application/x-www-form-urlencoded; charset=utf-8", "a=1&b=%C3%A5+%2B&a=2&c").form()
        #expect(form["a"] == "1")
        #expect(form.all("a") == ["1", "2"])
        #expect(form["b"] == "å +")
        #expect(form["c"] == "")
        #expect(form["d"] == nil)
    }

    @Test("A multipart form gives values and files, and passes over inputs left alone")
    func multipart() throws {
        let body =
            "--B\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nå\r\n"
            + "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"\"\r\n\r\n\r\n"
            + "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x.png\"\r\n"
            + "Content-Type: image/png\r\n\r\nPNG\r\n"
            + "--B--\r\n"
        let form = try request("multipart/form-data; boundary=B", body).form()
        #expect(form["text"] == "å")
        #expect(form.files.map(\.name) == ["x.png"])
        #expect(form.files.first?.bytes == Array("PNG".utf8))
        #expect(form.files.first?.type?.essence == "image/png")
        #expect(form.files.first?.field == "f")
    }

    @Test(
        "Content that is no form is refused with its status",
        arguments: [
            ("application/json", "{}", 415), ("multipart/form-data", "", 415), ("nonsense", "", 415),
            ("multipart/form-data; boundary=B", "--B\r\n", 400),
            ("application/x-www-form-urlencoded", "a=%00", 400),
        ])
    func refused(type: String, body: String, status: Int) {
        #expect {
            try request(type, body).form()
        } throws: { error in
            (error as? Problem)?.status.code == status
        }
    }

    @Test("A streamed upload is taken apart as it arrives")
    func streamed() async throws {
        let rest = Mutex(Array(MultipartParserTests.sample.utf8)[...])
        let body = RequestBody(stream: { rest.withLock { $0.popFirst().map { [$0] } } })
        let request = Request(
            .post, "/", fields: [.contentType: "multipart/form-data; boundary=XX"], body: body)
        var multipart = try Multipart(request)
        var names: [String] = []
        var bytes = 0
        while let event = try await multipart.next() {
            if case .part(let head) = event { names.append(head.name) }
            if case .data(let data) = event { bytes += data.count }
        }
        #expect(names == ["subject", "file", "empty"])
        #expect(bytes == "Printer".utf8.count + "line\r\n--X not a delimiter\r\n".utf8.count)
    }
}
