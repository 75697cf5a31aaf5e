import DeskStore
import Runtime

extension Command {
    static let secretSet = Command(
        words: ["secret", "set"], summary: "Set a secret that the organisation document names, from standard input",
        details: "Every byte counts, also between lines; only one line break at the very end is left out.",
        operands: ["NAME"], options: [.data]
    ) { invocation in
        let name = invocation.operand(0) ?? ""
        let value = StandardInput.withoutLineEnd(try StandardInput.bytes(atMost: 65_536))
        guard !value.isEmpty else {
            throw CommandFault(
                "standard input holds no value.", advice: "deskctl secret set \(name) < FILE", status: .noInput)
        }
        let connection = try DeskConnection(invocation)
        let keys = try connection.masterKeys()
        return try await connection.withStore { store in
            try await SecretStore(store, keys: keys).set(name, to: value)
            Terminal.write("\(name) is set.", to: .output)
            return .success
        }
    }
}
