import Desk
import DeskStore
import HTTP
import JSON
import Mail

extension Operation {
    /// The mail that came in.
    static var mail: [Operation] {
        let path = "/api/v1/inbound-mail/:mail"
        return [
            Operation(
                .get, "/api/v1/inbound-mail", "listMail",
                "Every message that came in and what became of it, the youngest first.", .readTickets,
                query: [
                    Parameter("message_id", "the Message-ID, with or without angle brackets"),
                    Parameter("kind", "what became of it", .word(MailKind.self)),
                    Parameter("received_after", "only what came in later", .moment), .limit, .cursor,
                ], .list("InboundMail", isPaged: true)),
            Operation(.get, path, "readMail", "One message that came in.", .readTickets, .one("InboundMail")),
            Operation(
                .get, "\(path)/original", "readOriginal", "The message as it came in, byte by byte.", .readTickets,
                Answer(status: .ok, type: "*/*", fields: ["ETag", "Accept-Ranges"], isRanged: true)),
            Operation(
                .post, "\(path)/replays", "replayMail",
                "Sorts a message anew of which nothing came but that it was kept; tells any other as it is.",
                .writeTickets, .one("InboundMail")),
            Operation(
                .post, "\(path)/decisions", "decideClaim",
                "Decides about a mail that claims to go on with somebody else's ticket: accepted, its words become "
                    + "notes there and its own ticket is merged; refused, that ticket goes on alone.",
                .writeTickets, body: .json { _ in API.decision.schema }, .one("InboundMail", .created)),
        ]
    }
}

extension OpenAPI {
    static var mailShapes: [(String, JSONSchema)] {
        [
            (
                "InboundMail",
                .object([
                    "id": .uuid, "received_at": .moment, "recipient": .text, "sender": .text, "message_id": .text,
                    "subject": .text.orNull, "author": .text.orNull,
                    "kind": .word(MailKind.self), "ticket": .text.orNull, "entry": .uuid.orNull,
                    "claims": .text.orNull, "reason": .text,
                    "bounces": JSONSchema.object([
                        "recipient": .text.orNull, "status": .text, "code": .text,
                        "reason": .word(Bounce.Reason.self), "hard": .boolean,
                        "action": JSONSchema.word(DeliveryReport.Action.self).orNull,
                    ]).list,
                    "href": .text,
                ])
            )
        ]
    }
}
