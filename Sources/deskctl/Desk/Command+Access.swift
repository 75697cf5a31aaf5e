import Administration
import Desk
import DeskStore
import JSON
import Moments
import Runtime
import Secrets

extension Command {
    static let tokenCreate = Command(
        words: ["token", "create"], summary: "Make a token for the API; it is shown once",
        options: [
            .value("--name", "NAME", "what it is for"),
            .values("--scopes", "SCOPE", "what it allows, such as tickets:read"),
            .value("--site", "CODE", "the one site it is for"), .value("--days", "N", "how long it is good (365)"),
            .data,
            .json,
        ]
    ) { invocation in
        guard let name = invocation.value("--name"), !invocation.all("--scopes").isEmpty else {
            throw CommandFault(
                "a token needs a name and scopes.",
                advice: "deskctl token create --name monitoring --scopes tickets:read tickets:write", status: .usage)
        }
        let days = try invocation.number("--days", in: 1...3650) ?? 365
        return try await DeskConnection(invocation).withStore { store in
            var site: SiteID?
            if let code = invocation.value("--site") {
                site = try await store.directory().sites[code]
                guard site != nil else {
                    throw CommandFault("there is no site \(code).", advice: "deskctl export", status: .usage)
                }
            }
            let token = APIToken.random(prefix: "mer")
            try await store.addToken(
                name: name, digest: token.digest.bytes, scopes: invocation.all("--scopes"), site: site,
                expiresAt: store.timekeeper.now + .seconds(days * 86_400))
            let answer = JSON.object(["name": name, "token": token.text]).text
            Terminal.write(invocation.has("--json") ? answer : token.text, to: .output)
            return .success
        }
    }

    static let userCreate = Command(
        words: ["user", "create"], summary: "Give somebody of the organisation a first password; it is shown once",
        details: "The person and what he may do stand in the organisation document.", operands: ["ADDRESS"],
        options: [.data]
    ) { try await givePassword($0) }

    static let userReset = Command(
        words: ["user", "reset"], summary: "Give somebody a new password and end his sessions; it is shown once",
        operands: ["ADDRESS"], options: [.data]
    ) { try await givePassword($0) }

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

    static let secretSet = Command(
        words: ["secret", "set"], summary: "Set a secret that the organisation document names, from standard input",
        operands: ["NAME"], options: [.data]
    ) { invocation in
        let name = invocation.operand(0) ?? ""
        var value = ""
        var input = LineInput(descriptor: 0)
        while let lines = try input.next() { value += lines.joined() }
        guard !value.isEmpty else {
            throw CommandFault(
                "standard input holds no value.", advice: "deskctl secret set \(name) < FILE", status: .noInput)
        }
        let connection = try DeskConnection(invocation)
        let keys = try connection.masterKeys()
        return try await connection.withStore { [value] store in
            try await SecretStore(store, keys: keys).set(name, to: Array(value.utf8))
            Terminal.write("\(name) is set.", to: .output)
            return .success
        }
    }

    private static func givePassword(_ invocation: Invocation) async throws -> ExitStatus {
        let address = invocation.operand(0) ?? ""
        return try await DeskConnection(invocation).withStore { store in
            let accounts = AccountAdministration(store, hasher: PasswordHasher(offload: Offload()))
            do {
                Terminal.write(try await accounts.setPassword(for: address), to: .output)
            } catch let fault as AccountAdministration.Fault {
                throw CommandFault("\(fault)", advice: "deskctl user list", status: .noInput)
            }
            return .success
        }
    }
}
