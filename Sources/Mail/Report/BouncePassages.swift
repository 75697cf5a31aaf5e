/// The text of a report, taken apart by the recipients that it is about.
struct BouncePassages {
    struct Passage {
        var recipient: String?
        var text: String
    }

    private let lines: [Substring]
    private let found: [(recipient: String, line: Int)]
    private let fallback: String?

    /// - Parameter told: the recipients that the report names in fields.
    init(_ text: BounceText, of message: Message, told: [DeliveryReport.Recipient], original: Message?) {
        lines = text.lines
        let others = Self.senders(of: message, original)
        let named = message.header.all("x-failed-recipients").flatMap { AddressList.addresses(in: $0.text) }
        let known = told.flatMap { [$0.originalAddress, $0.address] }.compactMap(\.self).filter(Self.isAddress) + named
        var found: [(recipient: String, line: Int)] = []
        var seen: Set<String> = []
        func note(_ address: String, at line: Int) {
            if seen.insert(address.lowercased()).inserted { found.append((address, line)) }
        }
        if known.isEmpty {
            for (index, line) in lines.enumerated() {
                guard let head = Self.head(of: line), !others.contains(head.lowercased()) else { continue }
                note(head, at: index)
            }
            if found.isEmpty {
                let mentions = lines.enumerated().flatMap { index, line in
                    AddressList.addresses(in: line).map { ($0, index) }
                }
                if let first = mentions.first(where: { !others.contains($0.0.lowercased()) }) ?? mentions.first {
                    note(first.0, at: first.1)
                }
            }
        } else {
            for address in known {
                let folded = address.lowercased()
                let place = lines.firstIndex { line in Self.head(of: line)?.lowercased() == folded }
                if let place = place ?? lines.firstIndex(where: { $0.lowercased().contains(folded) }) {
                    note(address, at: place)
                }
            }
            if found.isEmpty, told.isEmpty { for address in named { note(address, at: 0) } }
        }
        self.found = found
        let returned = original ?? Self.original(in: message)
        fallback = named.first ?? returned?.to.first { $0.isComplete }?.specification
    }

    /// One passage for each recipient that the text names; at least one.
    var all: [Passage] {
        if found.isEmpty { return [Passage(recipient: fallback, text: lines.joined(separator: "\n"))] }
        return found.map { Passage(recipient: $0.recipient, text: passage(at: $0.line)) }
    }

    func one(for recipient: DeliveryReport.Recipient) -> Passage {
        let names = [recipient.originalAddress, recipient.address].compactMap { $0?.lowercased() }
        guard let place = found.first(where: { names.contains($0.recipient.lowercased()) }) else {
            return Passage(recipient: fallback, text: found.count > 1 ? "" : lines.joined(separator: "\n"))
        }
        return Passage(recipient: place.recipient, text: passage(at: place.line))
    }

    /// From the line that names a recipient to where the next one is named; all of the text if there is but one.
    private func passage(at start: Int) -> String {
        let starts = Set(found.map(\.line))
        guard starts.count > 1 else { return lines.joined(separator: "\n") }
        let end = starts.filter { $0 > start }.min() ?? lines.count
        return lines[start..<end].joined(separator: "\n")
    }

    /// The address that a line begins with, behind marks and a reply code at most.
    private static func head(of line: Substring) -> String? {
        var rest = Array(line.utf8)[...]
        rest = rest.drop { $0.isBlank || "*<>\"'([-".utf8.contains($0) }
        if rest.count > 4, rest.prefix(3).allSatisfy(\.isDigit), rest[rest.startIndex + 3].isBlank {
            rest = rest.dropFirst(4).drop { $0.isBlank || $0 == UInt8(ascii: "<") }
        }
        let end = rest.firstIndex { $0.isBlank || ">:,;)]".utf8.contains($0) } ?? rest.endIndex
        return AddressList.addresses(in: String(decoding: rest[..<end], as: UTF8.self)).first
    }

    /// Those to whom the report goes and who reports: they are not whom it is about.
    private static func senders(of message: Message, _ original: Message?) -> Set<String> {
        let all = message.to + message.from + (original?.from ?? []) + [message.sender].compactMap(\.self)
        return Set(all.map { $0.specification.lowercased() })
    }

    static func isAddress(_ text: String) -> Bool { text.contains("@") && !text.contains("/") && !text.contains("|") }

    private static func original(in message: Message) -> Message? {
        let part = message.attachments.first { $0.isMessage || $0.type == "text/rfc822-headers" }
        return part.map { MessageParser().parse($0.content) }
    }
}

extension AddressList {
    /// What looks like an address in running text.
    static func addresses(in text: some StringProtocol) -> [String] {
        text.split { " \t\n<>()[]{},;:\"'|\\".contains($0) }.compactMap { word in
            let trimmed = String(word.drop { $0 == "." || $0 == "*" }).trimmedOfDots
            guard let at = trimmed.utf8.firstIndex(of: UInt8(ascii: "@")), at != trimmed.startIndex,
                trimmed.utf8.count <= 320, !trimmed.contains("://"), !trimmed.contains("=")
            else { return nil }
            let domain = trimmed[trimmed.utf8.index(after: at)...]
            let isDomain = domain.utf8.allSatisfy { $0.isLetter || $0.isDigit || $0 == .dot || $0 == .dash || $0 > 127 }
            return isDomain && domain.contains(".") ? trimmed : nil
        }
    }
}

extension String {
    fileprivate var trimmedOfDots: String {
        guard let last = lastIndex(where: { $0 != "." }) else { return "" }
        return String(self[...last])
    }
}
