import Foundation
import Mail
import Runtime
import Testing

@testable import mail_catcher

@Suite("The mail catcher's folder")
struct MessageFolderTests {
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "catcher-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    private let envelope = Envelope(
        sender: Address("desk@reply.example"),
        recipients: ["kari@customer.example", "els@customer.example"].compactMap {
            Address($0)
        })

    @Test(
        "Messages are numbered files, each whole and with its envelope before it; a new life goes on with the numbers")
    func keep() throws {
        try withFolder { path in
            let content = Array("Subject: One\r\n\r\nHello\r\n".utf8)
            let first = try MessageFolder(path)
            #expect(try first.keep(envelope, content) == "0001.eml")
            #expect(try first.keep(Envelope(sender: nil, recipients: []), content) == "0002.eml")
            #expect(try MessageFolder(path).keep(envelope, content) == "0003.eml")
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: path).sorted() == [
                    "0001.eml", "0002.eml", "0003.eml",
                ])
            let text = try String(contentsOfFile: "\(path)/0001.eml", encoding: .utf8)
            let head = "Return-Path: <desk@reply.example>\r\nDelivered-To: kari@customer.example\r\n"
            #expect(text == head + "Delivered-To: els@customer.example\r\nSubject: One\r\n\r\nHello\r\n")
            #expect(
                try String(contentsOfFile: "\(path)/0002.eml", encoding: .utf8).hasPrefix("Return-Path: <>\r\nSubject"))
        }
    }

    @Test("A path that is no folder is refused")
    func noFolder() {
        #expect(throws: (any Error).self) { try MessageFolder("/dev/null/mail") }
    }

    @Test("An option stands above the environment, and what is no option is left to the program")
    func options() {
        let options = Options.read(["--listen", "127.0.0.1:9", "--help", "--directory"])
        #expect(options.value(of: Options.listen) == "127.0.0.1:9")
        #expect(options.rest == ["--help", "--directory"])
    }
}
