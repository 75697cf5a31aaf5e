import DeskTestSupport
import Foundation
import PostgresTestSupport
import SeedTestSupport
import Testing

@Suite("Mail with more in its fields than any index can hold", .database(template: TestDesk.template))
struct OverlongFieldsTests {
    /// Text that does not become shorter when it is packed.
    private static func noise(_ count: Int, of scalars: ClosedRange<UInt32>, using seed: inout Seed) -> String {
        let chosen = (0..<count).compactMap { _ in Unicode.Scalar(UInt32.random(in: scalars, using: &seed)) }
        return String(String.UnicodeScalarView(chosen))
    }

    @Test(
        "It is taken with what fits, and kept whole",
        arguments: ["From", "Subject", "Message-ID", "In-Reply-To", "file", "character"])
    func kept(field: String) async throws {
        let mail = try TestMailDoor()
        var seed = Seed(name: field)
        let long = Self.noise(20_000, of: 0x4E00...0x9FFF, using: &seed)
        let letters = Self.noise(20_000, of: 0x61...0x7A, using: &seed)
        // One character, made of very many scalars.
        let character = "e" + Self.noise(9_000, of: 0x300...0x36F, using: &seed)
        var fields = [
            "From": "Kari <kari@customer.example>", "Subject": "Overlong", "Message-ID": "<m1@customer.example>",
            "In-Reply-To": "<m0@customer.example>",
        ]
        var name = "a.txt"
        switch field {
        case "From": fields[field] = "\"\(long)\" <kari@customer.example>"
        case "Subject": fields[field] = long
        case "file": name = long
        case "character": (fields["From"], fields["Subject"]) = ("\(character) <kari@customer.example>", character)
        default: fields[field] = "<\(letters)@customer.example>"
        }
        let head = fields.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)\n" }.joined()
        let text = """
            \(head)Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain; charset=utf-8

            It is too long.
            --b
            Content-Type: text/plain
            Content-Disposition: attachment; filename="\(name)"

            a
            --b--

            """
        let answer = try await mail.deliver(text)
        #expect(answer == "250 2.1.5 <hjelp@oslo.norrsken.example> OSL-1", "\(seed)")
        #expect(try await mail.deliver(text) == answer, "the same again")
        #expect(try await TestMailDoor.mails().map(\.kind) == ["request", "duplicate"])
    }
}
