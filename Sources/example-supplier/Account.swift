import Runtime
import Secrets

/// One of the suppliers that this program plays, as the desk's organisation names it.
struct Account: Sendable {
    let code: String
    /// Signs what comes from the desk.
    let outgoing: WebhookSecret
    /// Signs what goes to the desk.
    let incoming: WebhookSecret

    static let known = ["fjordnett", "printwerk"]

    /// The suppliers whose two secrets are set.
    static func read(_ reader: inout SettingsReader) -> [String: Account] {
        var accounts: [String: Account] = [:]
        for code in known {
            let prefix = "EXAMPLE_SUPPLIER_\(code.uppercased())"
            let outgoing = secret("\(prefix)_OUTGOING", "Signs what the desk sends to \(code).", &reader)
            let incoming = secret("\(prefix)_INCOMING", "Signs what \(code) sends to the desk.", &reader)
            guard let outgoing, let incoming else { continue }
            accounts[code] = Account(code: code, outgoing: outgoing, incoming: incoming)
        }
        if accounts.isEmpty {
            reader.fault(
                "No supplier has both of its secrets. Try: set EXAMPLE_SUPPLIER_FJORDNETT_OUTGOING and …_INCOMING.")
        }
        return accounts
    }

    private static func secret(_ name: String, _ sentence: String, _ reader: inout SettingsReader) -> WebhookSecret? {
        reader.secret(name, isRequired: false, sentence, "a webhook secret that begins with whsec_") {
            try WebhookSecret(parsing: $0)
        }
    }
}
