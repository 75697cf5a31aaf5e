import JSON
import Runtime

extension Command {
    static let doctor = Command(
        words: ["doctor"], summary: "Check everything that an operator would be asked about",
        details: "Each line says what was looked at and how it is. Ends with 1 if anything is wrong.",
        options: [.data, .json]
    ) { invocation in
        let connection = try DeskConnection(invocation)
        return try await connection.withStore { store in
            let findings = await Doctor(store: store, connection: connection).findings()
            if invocation.has("--json") {
                let rows = findings.map { finding in
                    JSON.object([
                        "check": finding.name, "ok": finding.fault == nil, "detail": finding.fault ?? finding.detail,
                    ])
                }
                Terminal.write(JSON.array(rows).text, to: .output)
            } else {
                let rows = findings.map { [$0.fault == nil ? "ok" : "WRONG", $0.name, $0.fault ?? $0.detail] }
                Terminal.write(Table.text(headings: ["", "check", "finding"], rows: rows), to: .output)
            }
            return findings.allSatisfy { $0.fault == nil } ? .success : ExitStatus(rawValue: 1)
        }
    }
}
