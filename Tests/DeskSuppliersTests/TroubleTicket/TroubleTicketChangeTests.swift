import DeskSuppliers
import JSON
import Testing

@Suite("What a supplier changes about a trouble ticket")
struct TroubleTicketChangeTests {
    private static let ticket = """
        {"id": "7", "status": "acknowledged", "description": "Smoke.", "@type": "TroubleTicket",
         "externalIdentifier": [{"id": "OSL-12", "owner": "desk"}],
         "note": [{"id": "n1", "text": "Please look.", "@type": "Note"}]}
        """

    private func change(_ patch: String) throws -> TroubleTicketChange {
        let old = try JSON.parse(Self.ticket)
        return try TroubleTicketChange(
            from: old, to: old.merged(with: JSON.parse(patch)), in: .standard, reference: nil)
    }

    private func faults(_ patch: String) -> [String] {
        do {
            _ = try change(patch)
            return []
        } catch let faults as TroubleTicketFaults {
            return faults.list.map { "\($0.code.rawValue) \($0.pointer)" }
        } catch {
            return ["\(error)"]
        }
    }

    @Test("A state, a number, a note and a date are taken")
    func taken() throws {
        let change = try change(
            """
            {"status": "InProgress", "expectedResolutionDate": "2026-03-02T12:00:00Z",
             "externalIdentifier": [{"id": "OSL-12", "owner": "desk"}, {"id": "F-77"}],
             "note": [{"id": "n1", "text": "Please look."}, {"text": "On the way.", "source": "seller"}]}
            """)
        #expect(change.status == .inProgress && change.statusWord == "InProgress" && change.reference == "F-77")
        #expect(change.notes == ["On the way."] && change.expectedResolution != nil)
        #expect(try self.change(#"{"externalId": "F-78"}"#).reference == "F-78")
    }

    @Test("What is sent as it is changes nothing")
    func same() throws {
        #expect(try change(Self.ticket).isEmpty)
        #expect(try change("{}").isEmpty)
    }

    @Test(
        "Whatever a supplier may not change is refused with its place, all at once",
        arguments: [
            (
                #"{"description": "Nothing.", "severity": "minor"}"#,
                ["unexpectedProperty /description", "unexpectedProperty /severity"]
            ),
            (#"{"description": null}"#, ["unexpectedProperty /description"]),
            (#"{"note": []}"#, ["invalidValue /note"]),
            (#"{"note": [{"text": "On the way."}]}"#, ["invalidValue /note"]),
            (#"{"note": [{"id": "n1", "text": "Altered."}]}"#, ["invalidValue /note"]),
            (#"{"note": null}"#, ["invalidValue /note"]),
            (#"{"note": [{"id": "n1", "text": "Please look."}, {"text": ""}]}"#, ["missingProperty /note/1/text"]),
            (#"{"note": [{"id": "n1"}, {"text": "x", "source": "buyer"}]}"#, ["invalidValue /note/1/source"]),
            (#"{"status": "reopened"}"#, ["invalidValue /status"]),
            (
                #"{"status": "Warten", "resolutionDate": "soon"}"#,
                ["invalidFormat /resolutionDate", "invalidValue /status"]
            ),
            (#"{"externalId": "two\nlines"}"#, ["invalidValue /externalId"]),
            (#"{"externalIdentifier": []}"#, ["invalidValue /externalIdentifier"]),
        ])
    func refused(patch: String, expected: [String]) {
        #expect(faults(patch).sorted() == expected)
    }

    @Test(
        "A question, a solution, a refusal and another date say why",
        arguments: ["pending", "resolved", "closed", "rejected", "cancelled"])
    func words(status: String) throws {
        #expect(faults(#"{"status": "\#(status)"}"#) == ["missingProperty /note"])
        #expect(try change(#"{"status": "\#(status)", "statusChangeReason": "Because."}"#).words == "Because.")
        #expect(faults(#"{"expectedResolutionDate": "2026-03-02T12:00:00Z"}"#) == ["missingProperty /note"])
    }
}
