import Desk
import Foundation
import JSON
import SchemaTestSupport
import SeedTestSupport
import Testing

@Suite("The JSON Schema of the organisation document")
struct OrganisationSchemaTests {
    private let schema = Organisation.schema

    @Test("fits the example, and what an export gives")
    func example() throws {
        #expect(try SchemaCheck.faults(ExampleOrganisation.document(), by: schema) == [])
        #expect(try SchemaCheck.faults(ExampleOrganisation.organisation().json, by: schema) == [])
        #expect(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema")
    }

    @Test("has every member that an export writes, closed against others")
    func members() throws {
        let properties = try #require(schema["properties"]?.object)
        for member in try #require(ExampleOrganisation.organisation().json.object) {
            #expect(properties[member.name] != nil, "\(member.name)")
        }
        #expect(schema["additionalProperties"] == false)
        #expect(schema["required"]?.array?.contains("default_site") == true)
    }

    @Test(
        "never refuses what the reader takes, and refuses every fault of form, whatever place of the example is changed"
    )
    func mutations() throws {
        let document = try withFewHolidays(ExampleOrganisation.document())
        var check = SchemaCheck()
        var (tried, refused) = (0, 0)
        // A quarter of them at a time: a walk over all takes minutes, and other runs draw others.
        var random = Seed.ofThisRun
        for change in Mutation.all(of: document) where Int.random(in: 0..<4, using: &random) == 0 {
            let changed = change.apply(to: document)
            let told = try check.faults(changed, by: schema)
            let faults = Self.faults(changed)
            tried += 1
            refused += told.isEmpty ? 0 : 1
            if faults.isEmpty {
                #expect(told.isEmpty, "\(random): \(change) is read, and refused by the schema: \(told)")
            }
            let isOfForm = faults.contains { fault in
                ["is unknown", "is required", "must be a list, not", "must be an object, not", "must be a text, not"]
                    .contains { fault.contains($0) }
            }
            if isOfForm { #expect(!told.isEmpty, "\(random): \(change) passes the schema: \(faults)") }
        }
        // Fewer would mean that the example was not walked through.
        #expect(tried > 150 && refused > 75, "\(tried) changes, \(refused) refused")
    }

    /// The holidays are most of the document, and one is like the other.
    private func withFewHolidays(_ document: JSON) -> JSON {
        (document["calendars"]?.object?.names ?? []).reduce(document) { document, name in
            guard let days = document["calendars"]?[name]?["holidays"]?.array else { return document }
            let few = Mutation(tokens: ["calendars", name, "holidays"], value: .array(Array(days.prefix(2))))
            return few.apply(to: document)
        }
    }

    private static func faults(_ document: JSON) -> [String] {
        do {
            _ = try ExampleOrganisation.read(document)
            return []
        } catch {
            return (error as? JSONFaults)?.list.map(\.description) ?? ["\(error)"]
        }
    }

    @Test("is taken by another implementation of JSON Schema, where one is at hand, which finds the example valid")
    func otherImplementation() throws {
        let folder = FileManager.default.temporaryDirectory
        let file = folder.appending(path: "organisation-schema-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(schema.laidOut().utf8).write(to: file)
        let script = """
            import json, sys
            try:
                import jsonschema
            except ImportError:
                sys.exit(42)
            schema, document = json.load(open(sys.argv[1])), json.load(open(sys.argv[2]))
            jsonschema.Draft202012Validator.check_schema(schema)
            check = jsonschema.Draft202012Validator(schema)
            check.validate(document)
            document["sites"][0]["code"], document["nmae"] = "osl", document.pop("name")
            found = {e.json_path for e in check.iter_errors(document)}
            assert found == {"$", "$.sites[0].code"}, found
            """
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script, file.path, ExampleOrganisation.file.path]
        try process.run()
        process.waitUntilExit()
        if process.terminationStatus == 42 || process.terminationStatus == 127 {
            print("skipped: there is no python3 with the package jsonschema here")
        } else {
            #expect(process.terminationStatus == 0)
        }
    }
}
