import Administration
import Desk
import DeskStore
import JSON
import Runtime
import Secrets

extension Command {
    static let userCreate = Command(
        words: ["user", "create"], summary: "Give somebody of the organisation a first password; it is shown once",
        details: "The person and what he may do stand in the organisation document.", operands: ["ADDRESS"],
        options: [.data]
    ) { invocation in
        try await givePassword(invocation) { try await $0.create(for: $1) }
    }

    static let userReset = Command(
        words: ["user", "reset"], summary: "Give somebody a new password and end his sessions; it is shown once",
        operands: ["ADDRESS"], options: [.data]
    ) { invocation in
        try await givePassword(invocation) { try await $0.setPassword(for: $1) }
    }

    static let userList = Command(
        words: ["user", "list"], summary: "List everybody who may do something at the desk", options: [.data, .json]
    ) { invocation in
        try await DeskConnection(invocation).withStore { store in
            let hasher = PasswordHasher(offload: Offload())
            let users = try await AccountAdministration(store, hasher: hasher).list()
            if invocation.has("--json") {
                let rows = users.map { JSON.object(["name": $0.name, "address": $0.address, "roles": $0.roles.json]) }
                Terminal.write(JSON.array(rows).text, to: .output)
            } else {
                let rows = users.map {
                    [$0.address, $0.name, $0.hasPassword ? "yes" : "no", $0.roles.joined(separator: " ")]
                }
                Terminal.write(Table.text(headings: ["address", "name", "password", "roles"], rows: rows), to: .output)
            }
            return .success
        }
    }

    private static func givePassword(
        _ invocation: Invocation,
        _ give: @escaping @Sendable (AccountAdministration, String) async throws -> String
    ) async throws -> ExitStatus {
        let address = invocation.operand(0) ?? ""
        return try await DeskConnection(invocation).withStore { store in
            let accounts = AccountAdministration(store, hasher: PasswordHasher(offload: Offload()))
            do {
                Terminal.write(try await give(accounts, address), to: .output)
            } catch let fault as AccountAdministration.Fault {
                switch fault {
                case .exists:
                    throw CommandFault("\(fault)", advice: "deskctl user reset \(address)", status: .data)
                case .unknown, .shortPassword:
                    throw CommandFault("\(fault)", advice: "deskctl user list", status: .noInput)
                }
            }
            return .success
        }
    }
}
