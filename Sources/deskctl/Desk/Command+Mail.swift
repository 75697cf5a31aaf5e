import DeskStore
import Foundation
import Intake
import JSON
import Moments
import Runtime

extension Command {
    static let mailParked = Command(
        words: ["mail", "parked"],
        summary: "List the mail of which no ticket was made, because too much came from its sender",
        options: [.value("--from", "ADDRESS", "of one sender alone"), .data, .json]
    ) { invocation in
        let sender = invocation.value("--from")
        return try await DeskConnection(invocation).withStore { store in
            let parked = try await store.parkedMail(from: sender)
            if invocation.has("--json") {
                let rows = parked.map { mail in
                    JSON.object([
                        "id": mail.uuid.uuidString.lowercased(), "received": mail.receivedAt.rfc3339,
                        "sender": mail.sender, "recipient": mail.recipient, "message_id": mail.messageID,
                        "reason": mail.reason,
                    ])
                }
                Terminal.write(JSON.array(rows).text, to: .output)
            } else if parked.isEmpty {
                Terminal.write("No mail is parked.", to: .output)
            } else {
                let rows = parked.map { mail in
                    [
                        mail.uuid.uuidString.lowercased(), mail.receivedAt.rfc3339, mail.sender, mail.recipient,
                        mail.reason,
                    ]
                }
                Terminal.write(
                    Table.text(headings: ["id", "received", "sender", "recipient", "why"], rows: rows), to: .output)
            }
            return .success
        }
    }

    static let mailRelease = Command(
        words: ["mail", "release"], summary: "Make tickets of parked mail, as if it came in now",
        details: "Of the mails named, or of all of one sender. Whoever wrote is told as of any other ticket.",
        operands: ["[ID…]"], options: [.value("--from", "ADDRESS", "all of one sender"), .data]
    ) { invocation in
        let connection = try DeskConnection(invocation)
        let keys = try connection.masterKeys()
        return try await settle(invocation, over: connection) { mail, store in
            do {
                return try await MailDoor(store: store, keys: keys, log: .silent).release(mail)
            } catch let gone as NotParked {
                return "\(gone)"
            } catch let still as StillUnkept {
                return "\(still)"
            }
        }
    }

    static let mailDiscard = Command(
        words: ["mail", "discard"], summary: "Put parked mail aside: no ticket is made of it, its original is kept",
        operands: ["[ID…]"], options: [.value("--from", "ADDRESS", "all of one sender"), .data]
    ) { invocation in
        try await settle(invocation, over: try DeskConnection(invocation)) { mail, store in
            try await store.discardParked(mail.uuid) ? "put aside" : "\(NotParked())"
        }
    }

    /// Does something to each parked mail that is named, and tells what came of it.
    private static func settle(
        _ invocation: Invocation, over connection: DeskConnection,
        _ act: @escaping @Sendable (ParkedMail, DeskStore) async throws -> String
    ) async throws -> ExitStatus {
        let sender = invocation.value("--from")
        let wanted = try invocation.operands.map { word in
            guard let id = UUID(uuidString: word) else {
                throw CommandFault("\"\(word)\" is no mail.", advice: "an ID of deskctl mail parked.", status: .usage)
            }
            return id
        }
        guard !wanted.isEmpty || sender != nil else {
            throw CommandFault("no mail is named.", advice: "IDs of deskctl mail parked, or --from.", status: .usage)
        }
        return try await connection.withStore { store in
            let parked = try await store.parkedMail(from: sender)
            var isWhole = true
            for mail in parked where wanted.isEmpty || wanted.contains(mail.uuid) {
                Terminal.write("\(mail.uuid.uuidString.lowercased()): \(try await act(mail, store))", to: .output)
            }
            for id in wanted where !parked.contains(where: { $0.uuid == id }) {
                Terminal.write("\(id.uuidString.lowercased()): is not parked", to: .output)
                isWhole = false
            }
            return isWhole ? .success : ExitStatus(rawValue: 1)
        }
    }
}
