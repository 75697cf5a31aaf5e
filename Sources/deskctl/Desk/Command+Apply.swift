import Administration
import Desk
import DeskStore
import Foundation
import JSON
import Runtime

extension Command {
    static let apply = Command(
        words: ["apply"], summary: "Make a document the organisation in force",
        details: "Shows what is different first. The same document again changes nothing.", operands: ["[FILE]"],
        options: [
            .flag("--dry-run", "only show what would be different"),
            .flag("--schema", "only print what a document looks like, as JSON Schema (2020-12)"), .data, .json,
        ]
    ) { invocation in
        if invocation.has("--schema") {
            Terminal.write(bytes: Array(Organisation.schema.laidOut().utf8), to: .output)
            return .success
        }
        guard let path = invocation.operand(0) else {
            throw CommandFault("FILE is missing.", advice: "deskctl apply FILE", status: .usage)
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFault("\(path) cannot be read.", advice: "name an organisation document.", status: .noInput)
        }
        return try await DeskConnection(invocation).withStore { store in
            let document: OrganisationDocument
            do {
                document = try OrganisationDocument(String(decoding: data, as: UTF8.self), zones: store.zones)
            } catch let faults as JSONFaults {
                throw CommandFault(telling: faults, in: path)
            } catch let fault as JSONSyntaxFault {
                throw CommandFault(
                    "\(path) is no JSON: \(fault).", advice: "mend this place, then apply it again.", status: .data)
            }
            let changes = try await document.changes(in: store)
            let isReal = !invocation.has("--dry-run")
            var version: Int64?
            do {
                if isReal { version = try await store.apply(document.organisation, by: "deskctl").version }
            } catch let faults as JSONFaults {
                throw CommandFault(telling: faults, in: path)
            }
            if invocation.has("--json") {
                let lines = changes.map { JSON.string($0.description) }
                Terminal.write(JSON.object(["changes": JSON.array(lines), "version": version]).text, to: .output)
                return .success
            }
            for change in changes { Terminal.write(change.description, to: .output) }
            Terminal.write(summary(of: changes.count, version: version), to: .output)
            return .success
        }
    }

    static let export = Command(
        words: ["export"], summary: "Print the organisation in force, as apply takes it", options: [.data]
    ) { invocation in
        try await DeskConnection(invocation).withStore { store in
            guard let organisation = try await store.organisation() else { throw NoOrganisation() }
            Terminal.write(bytes: Array(organisation.json.laidOut().utf8), to: .output)
            return .success
        }
    }

    private static func summary(of changes: Int, version: Int64?) -> String {
        switch (changes, version) {
        case (0, _): "Nothing is different."
        case (let count, let version?): "\(count) changes; version \(version) is in force."
        case (let count, nil): "\(count) changes would be made."
        }
    }
}

extension CommandFault {
    /// Every fault of a document, each with its place.
    init(telling faults: JSONFaults, in path: String) {
        let lines = faults.list.map {
            "  \($0.pointer.description.isEmpty ? "/" : $0.pointer.description): \($0.detail)"
        }
        let more = faults.omitted > 0 ? ["  and \(faults.omitted) more"] : []
        self.init(
            "\(path) is not applied:\n" + (lines + more).joined(separator: "\n"),
            advice: "mend these places, then apply it again.", status: .data)
    }
}
