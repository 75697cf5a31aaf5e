import JSON
import Testing

private enum Kind: String, CaseIterable { case incident, serviceRequest = "service_request" }

private struct Person: Equatable {
    var email: String
    var name: String?

    init?(from reader: inout JSONReader) {
        let email = reader.required(
            "email", .line(length: 3...254).checked("must contain @") { $0.contains("@") ? $0 : nil })
        name = reader.optional("name", .line())
        guard let email else { return nil }
        self.email = email
    }
}

private struct Submission: Equatable {
    var subject: String
    var kind: Kind?
    var impact: Int?
    var requester: Person
    var missing: [String]

    init?(from reader: inout JSONReader) {
        let subject = reader.required("subject", .line(length: 1...20))
        kind = reader.optional("kind", .word())
        impact = reader.optional("impact", .integer(1...3))
        let requester = reader.required("requester", .object(Person.init))
        missing = reader.optional("missing", .list(of: .text(length: 1...5), count: 0...3)) ?? []
        guard let subject, let requester else { return nil }
        (self.subject, self.requester) = (subject, requester)
    }
}

@Suite("Reading a document member by member")
struct JSONReaderTests {
    private func faults(_ text: String) throws -> [String] {
        let json = try JSON.parse(text)
        let faults = #expect(throws: JSONFaults.self) { try json.read(Submission.init) }
        return try #require(faults).list.map(\.description)
    }

    @Test("A good document becomes its value")
    func good() throws {
        let json = try JSON.parse(
            #"{"subject":"Printer","kind":"service_request","impact":2.0,"requester":{"email":"a@b"},"missing":["x"]}"#
        )
        let submission = try json.read(Submission.init)
        #expect(submission.subject == "Printer")
        #expect(submission.kind == .serviceRequest)
        #expect(submission.impact == 2)
        #expect(submission.requester.email == "a@b")
        #expect(submission.missing == ["x"])
    }

    @Test("All faults are told at once, each with its pointer")
    func allAtOnce() throws {
        let text = """
            {"subjct":"x","kind":"incidnt","impact":4,"requester":{"email":"nobody","nam":1},
             "missing":["ok",7,"too long"],"extra":null}
            """
        #expect(
            try faults(text) == [
                "/subject is required",
                "/kind must be one of incident, service_request, not \"incidnt\"; did you mean \"incident\"?",
                "/impact must be a whole number from 1 to 3, not 4",
                "/requester/email must contain @",
                "/requester/nam is unknown; did you mean \"name\"?",
                "/missing/1 must be a text, not a number",
                "/missing/2 must have at most 5 characters; it has 8",
                "/subjct is unknown; did you mean \"subject\"?",
                "/extra is unknown",
            ])
    }

    @Test(
        "A value of the wrong kind is named for what it is",
        arguments: [
            ("[]", "the document must be an object, not a list"),
            (#"{"subject":null,"requester":{"email":"a@b"}}"#, "/subject must be a text, not null"),
            (#"{"subject":"","requester":{"email":"a@b"}}"#, "/subject must not be empty"),
            (
                #"{"subject":"a\nb","requester":{"email":"a@b"}}"#,
                "/subject must be one line without control characters"
            ),
            (#"{"subject":"a\u0000b","requester":{"email":"a@b"}}"#, "/subject must not contain the character U+0000"),
            (#"{"subject":"a","kind":null,"requester":{"email":"a@b"}}"#, "/kind must be a text, not null"),
            (
                #"{"subject":"a","impact":1.5,"requester":{"email":"a@b"}}"#,
                "/impact must be a whole number from 1 to 3, not 1.5"
            ),
            (#"{"subject":"a","requester":[]}"#, "/requester must be an object, not a list"),
            (
                #"{"subject":"a","requester":{"email":"a@b"},"missing":["","","",""]}"#,
                "/missing must have at most 3 elements; it has 4"
            ),
        ])
    func wrongKind(text: String, fault: String) throws {
        #expect(try faults(text) == [fault])
    }

    @Test("Left out, null and a value are three things in a change")
    func given() throws {
        let json = try JSON.parse(#"{"category":null,"subject":"New"}"#)
        let change = try json.read { reader in
            (reader.given("subject", .line()), reader.given("category", .line()), reader.given("impact", .integer()))
        }
        #expect(change.0 == .value("New"))
        #expect(change.1 == .null)
        #expect(change.2 == .absent)
    }

    @Test("Names may be free, and are checked like values")
    func members() throws {
        let form = JSONForm.members(names: .word(among: ["mon", "tue"]), values: JSONForm.list(of: .text()))
        let hours = try JSON.parse(#"{"tue":["08:00"],"mon":[]}"#).read(form)
        #expect(hours.map(\.name) == ["tue", "mon"])
        let faults = #expect(throws: JSONFaults.self) { try JSON.parse(#"{"mond":[1]}"#).read(form) }
        #expect(
            faults?.list.map(\.description) == [
                "/mond must be one of mon, tue, not \"mond\"; did you mean \"mon\"?",
                "/mond/0 must be a text, not a number",
            ])
    }

    @Test("A form may depend on the value, and a reader may add faults of its own")
    func choosing() throws {
        struct Refusal: Error, CustomStringConvertible { let description = "must not be Sunday" }
        let day = JSONForm<Int>.choosing { json in
            json.string == nil
                ? .integer(1...7).checked { if $0 == 7 { throw Refusal() } else { $0 } }
                : JSONForm.text().checked("must be \"weekend\"") { $0 == "weekend" ? 6 : nil }
        }
        #expect(try JSON.parse("3").read(day) == 3)
        #expect(try JSON.parse("\"weekend\"").read(day) == 6)
        let sunday = #expect(throws: JSONFaults.self) { try JSON.parse("7").read(day) }
        #expect(sunday?.description == "the document must not be Sunday")
        let custom = #expect(throws: JSONFaults.self) {
            try JSON.parse(#"{"from":2,"to":1}"#).read { reader in
                let (from, to) = (reader.required("from", .integer()), reader.required("to", .integer()))
                guard let from, let to else { return nil as Int? }
                if to < from { reader.fault("to", "must not be before from") }
                return to - from
            }
        }
        #expect(custom?.description == "/to must not be before from")
    }

    @Test("A flood of faults is cut, and the rest is counted")
    func flood() throws {
        let json = JSON.array((0..<500).map { _ in 1 })
        let faults = #expect(throws: JSONFaults.self) { try json.read(JSONForm.list(of: .text())) }
        #expect(faults?.list.count == 100)
        #expect(faults?.omitted == 400)
        #expect(faults?.description.hasSuffix("and 400 more") == true)
    }

    @Test("What another system sends may carry more than we know")
    func unknownAllowed() throws {
        let word = try JSON.parse(#"{"state":"open","theirs":1}"#).read { reader in
            reader.allowUnknown()
            return reader.required("state", .line())
        }
        #expect(word == "open")
    }
}
