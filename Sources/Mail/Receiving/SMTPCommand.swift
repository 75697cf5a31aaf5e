/// A line that a client sends, understood.
enum SMTPCommand: Equatable {
    case hello(verb: String)
    case mail(sender: Address?, size: Int?, isInternational: Bool)
    case recipient(Address)
    case data
    case chunk(count: Int, isLast: Bool)
    case reset
    case noop
    case quit
    case verify
    case help

    /// Reads a line without its end.
    ///
    /// - Throws: the reply that tells what is wrong.
    init(_ line: ArraySlice<UInt8>) throws(SMTPReply) {
        guard let text = String(validating: line, as: UTF8.self), !line.contains(where: { $0 < 32 || $0 == 127 }) else {
            throw SMTPReply(500, "5.5.2", "A command is one line of text that ends with CRLF")
        }
        let verb = text.prefix { $0 != " " }.uppercased()
        let arguments = String(text.dropFirst(verb.count)).trimmed
        switch verb {
        case "LHLO", "EHLO", "HELO":
            guard !arguments.isEmpty else { throw .syntax("\(verb) needs the name of the client") }
            self = .hello(verb: verb)
        case "MAIL": self = try Self.mail(arguments)
        case "RCPT": self = try Self.recipient(arguments)
        case "BDAT": self = try Self.chunk(arguments)
        case "DATA", "RSET", "QUIT":
            guard arguments.isEmpty else { throw .syntax("\(verb) takes no arguments") }
            self = verb == "DATA" ? .data : verb == "RSET" ? .reset : .quit
        case "NOOP": self = .noop
        case "VRFY": self = .verify
        case "HELP": self = .help
        case "STARTTLS", "AUTH", "EXPN", "TURN", "ETRN":
            throw SMTPReply(502, "5.5.1", "\(verb) is not offered here")
        default: throw SMTPReply(500, "5.5.1", "That command is not known")
        }
    }

    private static func mail(_ arguments: String) throws(SMTPReply) -> SMTPCommand {
        let (path, rest) = try path(arguments, after: "FROM:")
        var size: Int?
        var isInternational = false
        for parameter in rest {
            let halves = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = halves.count == 2 ? halves[1].uppercased() : nil
            switch (halves[0].uppercased(), value) {
            case ("SIZE", let value?):
                guard value.utf8.count <= 18, value.utf8.allSatisfy(\.isDigit), let bytes = Int(value) else {
                    throw .syntax("SIZE takes a number of bytes")
                }
                size = bytes
            case ("BODY", "7BIT"), ("BODY", "8BITMIME"): continue
            case ("SMTPUTF8", nil): isInternational = true
            default: throw SMTPReply(555, "5.5.4", "The parameter \(parameter) is not known")
            }
        }
        guard !path.isEmpty else { return .mail(sender: nil, size: size, isInternational: isInternational) }
        // What fetches mail out of a mailbox may know no more than that there was a sender; getmail says `unknown`.
        let isName = path.utf8.count <= 64 && path.utf8.allSatisfy { AddressLexer.isAtomText($0) }
        let sender = isName ? Address(local: path, domain: "") : try address(path, status: "5.1.7")
        return .mail(sender: sender, size: size, isInternational: isInternational)
    }

    private static func recipient(_ arguments: String) throws(SMTPReply) -> SMTPCommand {
        let (path, rest) = try path(arguments, after: "TO:")
        if let parameter = rest.first { throw SMTPReply(555, "5.5.4", "The parameter \(parameter) is not known") }
        if path.lowercased() == "postmaster" { return .recipient(Address(local: path, domain: "")) }
        return .recipient(try address(path, status: "5.1.3"))
    }

    private static func chunk(_ arguments: String) throws(SMTPReply) -> SMTPCommand {
        let words = arguments.split(separator: " ")
        guard let first = words.first, first.utf8.count <= 18, first.utf8.allSatisfy(\.isDigit), let count = Int(first),
            words.count == 1 || words.count == 2 && words[1].uppercased() == "LAST"
        else { throw .syntax("BDAT takes a number of bytes, and LAST") }
        return .chunk(count: count, isLast: words.count == 2)
    }

    /// What stands between the angle brackets after the keyword, and the parameters behind it.
    private static func path(
        _ arguments: String, after keyword: String
    ) throws(SMTPReply) -> (path: String, parameters: [Substring]) {
        let problem = SMTPReply.syntax("The address must follow \(keyword) in angle brackets")
        guard arguments.uppercased().hasPrefix(keyword) else { throw problem }
        let rest = arguments.dropFirst(keyword.count).drop { $0 == " " }
        guard rest.first == "<" else { throw problem }
        var isQuoted = false
        var isEscaped = false
        var index = rest.index(after: rest.startIndex)
        while index < rest.endIndex, isQuoted || rest[index] != ">" {
            if rest[index] == "\"", !isEscaped { isQuoted.toggle() }
            isEscaped = rest[index] == "\\" && !isEscaped
            index = rest.index(after: index)
        }
        guard index < rest.endIndex else { throw problem }
        let path = rest[rest.index(after: rest.startIndex)..<index]
        let parameters = rest[rest.index(after: index)...]
        guard parameters.isEmpty || parameters.first == " " else { throw problem }
        return (String(path), parameters.split(separator: " "))
    }

    /// The address of a path; an obsolete source route before it is dropped (RFC 5321, appendix C).
    private static func address(_ path: String, status: String) throws(SMTPReply) -> Address {
        let hasComment = !path.hasPrefix("\"") && path.contains { "()<, ".contains($0) && !path.hasPrefix("@") }
        guard path.utf8.count <= 320, !hasComment, let address = Address("<\(path)>"), address.name == nil else {
            throw SMTPReply(501, status, "The address is not of the form local@domain")
        }
        return address
    }
}
