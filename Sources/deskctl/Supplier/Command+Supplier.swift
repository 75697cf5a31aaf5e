import Desk
import DeskStore
import DeskSuppliers
import JSON
import Moments
import Runtime

extension Command {
    static let supplierList = Command(
        words: ["supplier", "list"], summary: "List the suppliers, and how the lines to their systems do",
        options: [.data, .json]
    ) { invocation in
        try await DeskConnection(invocation).withStore { store in
            let lines = try await store.supplierLines()
            if invocation.has("--json") {
                Terminal.write(JSON.array(lines.map { $0.line.told(of: $0.supplier) }).text, to: .output)
            } else {
                let now = store.timekeeper.now
                let rows = lines.map { [$0.supplier.code, $0.supplier.connector.word, $0.line.words(at: now)] }
                Terminal.write(Table.text(headings: ["supplier", "connector", "line"], rows: rows), to: .output)
            }
            return .success
        }
    }

    static let supplierShow = Command(
        words: ["supplier", "show"], summary: "Show how the line to a supplier does, and which messages wait for you",
        operands: ["NAME"], options: [.data, .json]
    ) { invocation in
        try await withSupplier(invocation) { supplier, id, line, store in
            let parked = try await store.parkedMessages(of: id)
            if invocation.has("--json") {
                let list = JSON.array(parked.map(\.told))
                Terminal.write(
                    JSON.object(["line": line.told(of: supplier), "parked": list]).text, to: .output)
                return
            }
            Terminal.write("\(supplier.name): \(line.words(at: store.timekeeper.now))", to: .output)
            for message in parked { Terminal.write(message.words, to: .output) }
            if !parked.isEmpty {
                Terminal.write("deskctl supplier replay \(supplier.code) MESSAGE sends one of them again.", to: .output)
            }
        }
    }

    static let supplierPause = Command(
        words: ["supplier", "pause"], summary: "Have nothing sent to a supplier until it is resumed",
        details: "What is under way goes on. Messages keep their order and wait.", operands: ["NAME"],
        options: [.value("--reason", "WORDS", "why, for those who find it paused"), .data]
    ) { invocation in
        let reason = invocation.value("--reason") ?? "paused by an operator"
        return try await withSupplier(invocation) { supplier, id, _, store in
            try await store.pause(id, supplier.code, because: reason)
        }
    }

    static let supplierResume = Command(
        words: ["supplier", "resume"], summary: "Open the line to a supplier again, whatever closed it",
        operands: ["NAME"], options: [.data]
    ) { invocation in
        try await withSupplier(invocation) { supplier, id, _, store in
            try await store.resume(id, supplier.code)
        }
    }

    static let supplierReplay = Command(
        words: ["supplier", "replay"], summary: "Have messages to a supplier sent again",
        details: """
            With MESSAGE that one, whether it waits or has been sent; else all that were left to a person between two \
            times. A message keeps its identity, by which the supplier's system knows it.
            """,
        operands: ["NAME", "[MESSAGE]"],
        options: [.value("--from", "TIME", "parked from then on"), .value("--until", "TIME", "and until then"), .data]
    ) { invocation in
        let (first, last) = (try invocation.moment("--from"), try invocation.moment("--until"))
        return try await withSupplier(invocation) { supplier, id, _, store in
            if let text = invocation.operand(1) {
                guard let message = Int64(text) else {
                    throw CommandFault(
                        "\"\(text)\" is no message.", advice: "deskctl supplier show \(supplier.code)", status: .usage)
                }
                try await store.replay(message, to: id)
                return
            }
            guard let first else {
                throw CommandFault(
                    "a MESSAGE or a time is needed.", advice: "--from 2026-03-12T08:00:00Z", status: .usage)
            }
            let count = try await store.replay(parkedAt: id, from: first, to: last ?? store.timekeeper.now)
            Terminal.write("\(count) messages are sent again.", to: .output)
        }
    }

    static let supplierReconcile = Command(
        words: ["supplier", "reconcile"], summary: "Have open exchanges compared with what the supplier's system holds",
        details: "It happens each night by itself. What differs is repaired, and stands in the supplier worker's log.",
        operands: ["NAME"], options: [.data]
    ) { invocation in
        try await withSupplier(invocation) { supplier, id, _, store in
            try await store.reconcile(id, supplier.code)
        }
    }

    static let supplierListener = Command(
        words: ["supplier", "listener"], summary: "Print the address at which a supplier's system tells of news",
        details: """
            Its administrator enters it as the address of a webhook. It is made from the secret "listener" of the \
            supplier and is to be kept like one. MERIDIAN_PUBLIC_URL is what it begins with.
            """,
        operands: ["NAME"], options: [.data]
    ) { invocation in
        let connection = try DeskConnection(invocation)
        let (keys, base) = (try connection.masterKeys(), connection.settings["MERIDIAN_PUBLIC_URL"] ?? "")
        return try await withSupplier(invocation) { supplier, _, _, store in
            guard let name = supplier.connector.terms.listener else {
                throw CommandFault(
                    "\(supplier.code) has no secret \"listener\" in the organisation document.",
                    advice: "\"secrets\": {\"listener\": {\"secret\": \"\(supplier.code)-listener\"}}", status: .usage)
            }
            guard let secret = try await SecretStore(store, keys: keys).value(of: name) else {
                throw CommandFault(
                    "the secret \(name) is not set.", advice: "deskctl secret set \(name) < FILE", status: .noInput)
            }
            Terminal.write(base + SupplierListener.path(of: supplier.code, secret: secret), to: .output)
        }
    }

    /// Runs `body` for the supplier that the first operand names.
    static func withSupplier(
        _ invocation: Invocation,
        _ body: @escaping @Sendable (Supplier, SupplierID, SupplierLine, DeskStore) async throws -> Void
    ) async throws -> ExitStatus {
        let code = invocation.operand(0) ?? ""
        return try await DeskConnection(invocation).withStore { store in
            let lines = try await store.supplierLines()
            guard let found = lines.first(where: { $0.supplier.code == code }) else {
                let known = lines.map(\.supplier.code).joined(separator: ", ")
                throw CommandFault("there is no supplier \"\(code)\".", advice: "one of \(known)", status: .usage)
            }
            try await body(found.supplier, found.id, found.line, store)
            return .success
        }
    }
}
