import Desk
import DeskStore
import JSON
import Jobs
import Postgres
import Secrets
import Testing

extension RealProcessTests {
    @Suite("Files between two desks with a database each")
    struct FilesBetweenDesksTests {
        private static let photo = (0..<70_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        /// More than one piece of what is kept.
        private static let dump = (0..<600_000).map { UInt8(truncatingIfNeeded: $0 &* 13 &+ 5) }

        @Test("One of the requester and one of the other desk's agent cross byte for byte, each once, whoever dies")
        func crossing() async throws {
            let allowed = ["files", "file_names"]
            let fault = "\(JobPoint.completing.rawValue).\(FetchSupplierFile.kind.rawValue)"
            try await TwoDesks.run(fault: fault, allowing: (allowed, allowed)) { desks in
                let near = try await begin(on: desks)
                let far = try await desks.refer(near)
                expect(try await far.downloads(1), [("paper.png", Self.photo)])
                try await write("See the dump.", .public, "dump.bin", Self.dump, on: far)
                try await write("Between us.", .internal, "secret.bin", [1, 2, 3], on: far)
                let both = [("paper.png", Self.photo), ("dump.bin", Self.dump)]
                expect(try await near.downloads(2), both)
                try await far.resolve(.solved, "It was the drum.")
                try await near.hear(.supplierResolved)
                expect(try await near.downloads(2), both)
                #expect(try await files(at: far) == 3)
                for desk in [desks.near, desks.far] { #expect(desk.programs[.supplierWorker]?.starts == 2) }
            }
        }

        @Test("One that a desk's document does not let leave stays, and one without its name has another")
        func withheld() async throws {
            try await TwoDesks.run(allowing: ([], ["files"])) { desks in
                let near = try await begin(on: desks)
                let far = try await desks.refer(near)
                try await write("See the dump.", .public, "dump.txt", [1, 2, 3], on: far)
                expect(try await near.downloads(2), [("paper.png", Self.photo), ("file-1.txt", [1, 2, 3])])
                #expect(try await files(at: far) == 1, "its own alone")
            }
        }

        /// A mail with a file becomes a ticket of the near desk.
        private func begin(on desks: TwoDesks) async throws -> Journey {
            let mail = [
                "From: Els <els@customer.example>", "To: hjelp@oslo.norrsken.example", "Subject: The printer",
                "Message-ID: <els-1@customer.example>", "MIME-Version: 1.0",
                "Content-Type: multipart/mixed; boundary=\"b\"", "", "--b", "Content-Type: text/plain", "",
                "White paper only.", "--b", "Content-Type: image/png; name=\"paper.png\"",
                "Content-Disposition: attachment; filename=\"paper.png\"", "Content-Transfer-Encoding: base64", "",
            ]
            let code = Array(Base64.encode(Self.photo).utf8)
            let lines = stride(from: 0, to: code.count, by: 76).map {
                String(decoding: code[$0..<min($0 + 76, code.count)], as: UTF8.self)
            }
            let message = (mail + lines + ["--b--", ""]).joined(separator: "\r\n")
            return try await Journey.begin(by: Array(message.utf8), on: desks.near)
        }

        private func write(
            _ text: String, _ visibility: Visibility, _ name: String, _ bytes: [UInt8], on journey: Journey
        ) async throws {
            let type = name.hasSuffix("txt") ? "text/plain" : "application/octet-stream"
            let id = try await journey.desk.client.upload(name, type: type, bytes, to: journey.number)
            _ = try await journey.desk.client.post(
                "/api/v1/tickets/\(journey.number)/entries",
                ["text": text.json, "visibility": visibility.rawValue.json, "attachments": .array([id])],
                key: "with-\(name)")
        }

        private func files(at journey: Journey) async throws -> Int? {
            try await journey.desk.database.first("select count(*) from attachment", as: Int.self)
        }

        private func expect(
            _ found: [(name: String, bytes: [UInt8])], _ expected: [(String, [UInt8])],
            location: SourceLocation = #_sourceLocation
        ) {
            #expect(found.map(\.name) == expected.map(\.0), sourceLocation: location)
            #expect(found.map(\.bytes) == expected.map(\.1), sourceLocation: location)
        }
    }
}
