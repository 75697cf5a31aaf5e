/// Who, to all appearance, sent a message: what may be believed of its words depends on it.
public enum MailOrigin: Comparable, Sendable {
    /// Somebody with an address; also a program that writes like somebody.
    case person
    /// An address that mail systems and the people who run them share: `postmaster`, `noreply`.
    case office
    /// The null sender: a program that wants no answer.
    case nobody
    /// The part of a mail system that reports what it could not deliver.
    case mailSystem

    /// - Parameter envelopeSender: empty for the null sender; if it is nil, the Return-Path counts.
    public init(_ message: Message, envelopeSender: String? = nil) {
        let sender = envelopeSender ?? message.returnPath
        let field = message.header.first("from")?.text ?? ""
        let locals = message.from.map(\.local) + [sender, message.from.isEmpty ? field : nil].compactMap(\.self)
        let names = locals.map { local in Self.folded(local.prefix { $0 != "@" }) }
        let titles = message.from.compactMap(\.name).map { Self.folded($0[...]) }
        if message.header.first("x-failed-recipients") != nil
            || (names + titles).contains(where: Self.isMailSystem)
        {
            self = .mailSystem
        } else if sender == "" || field.trimmed == "<>" {
            self = .nobody
        } else if names.contains(where: Self.isOffice) {
            self = .office
        } else {
            self = .person
        }
    }

    /// The letters alone: `Mail.Delivery.System` and `MAILER-DAEMON (…)` are written in many ways.
    private static func folded(_ name: Substring) -> String {
        String(decoding: name.utf8.filter(\.isLetter).map(\.lowercased), as: UTF8.self)
    }

    private static func isMailSystem(_ name: String) -> Bool {
        name.hasPrefix("mailerdaemon") || name.hasPrefix("maildaemon") || name.hasPrefix("maildeliver")
            || name == "mailsystem" || name == "deliverysubsystem" || name == "microsoftexchange"
    }

    private static func isOffice(_ name: String) -> Bool {
        ["postmaster", "noreply", "donotreply", "mailer", "mailadmin", "mailadministrator"].contains(name)
    }
}
