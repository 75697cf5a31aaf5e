import Foundation
import SupplierTestSupport
import Testing

@testable import Suppliers

/// What is asked of each interface that takes files, at a system that has one ticket.
struct FileExam {
    let system: any PlayedSystem
    let api: any FileInterface
    /// What the system knows the ticket by.
    let ticket: String
    let exchange: UUID
    let wire: Wire

    /// A name that is hard to write down, and each byte that there is.
    static let file = PlayedFile(
        "Rack 3 – „øst“ ^2 & 50% + a'b; c.png", type: "image/png",
        (0...255).map { UInt8($0) } + Array("\r\n--\r\n".utf8))

    @discardableResult
    func attach(_ file: PlayedFile = file) async throws -> RemoteFile {
        try await api.attach(file.name, type: file.type, file.bytes, to: ticket)
    }

    /// Files arrive as they are, and are listed by their names and sizes; the record holds no byte of them.
    func arrival() async throws {
        #expect(try await api.files(of: ticket) == [])
        let text = PlayedFile("a.txt", type: "text/plain", Array("The door code is 4711.".utf8))
        let (first, second) = (try await attach(text), try await attach())
        #expect([first, second].map(\.name) == [text, Self.file].map(\.name))
        #expect([first, second].map(\.size) == [text, Self.file].map(\.bytes.count))
        #expect(try await api.files(of: ticket) == [first, second])
        #expect(system.files(of: exchange) == [text, Self.file] && system.files(of: UUID()) == [])
        let sent = wire.record.sent
        #expect(sent.contains("\n[a.txt, text/plain, 22 bytes]\n"))
        #expect(sent.contains("\n[\(Self.file.name), image/png, \(Self.file.bytes.count) bytes]\n"))
        #expect(!sent.contains("4711") && !sent.contains("VGhlIGRvb3Ig"))
    }

    /// What may have arrived has, is found, and is there twice if it is sent again without being looked for.
    func ambiguity(_ fault: PlayedFault) async throws {
        system.misbehaveWriting(fault)
        let setback = await #expect(throws: Setback.self) { try await attach() }
        if case .postponed? = setback {} else { Issue.record("\(String(describing: setback))") }
        #expect(try await api.files(of: ticket).map(\.size) == [Self.file.bytes.count])
        try await attach()
        #expect(system.files(of: exchange) == [Self.file, Self.file])
    }

    /// What they do not take is refused for good, in their words, and what is there stays.
    func refusal(of file: PlayedFile, with words: String) async throws {
        let before = system.files(of: exchange)
        await refusal(words) { try await attach(file) }
        #expect(system.files(of: exchange) == before)
    }

    func refusal(_ words: String, of body: () async throws -> Any) async {
        let setback = await #expect(throws: Setback.self) { _ = try await body() }
        guard case .refused(let reason)? = setback else {
            Issue.record("\(String(describing: setback))")
            return
        }
        #expect(reason.contains(words))
    }
}
