import JSON

/// What the numbers of a supplier's own tickets look like, such as `INC#` or `@-#`: `#` stands for digits, `@` for
/// capital letters, anything else for itself. It is searched for in time proportional to the text, whoever wrote that.
public struct ReferencePattern: Hashable, Sendable {
    public let text: String

    /// Nil unless it has 2 to 40 characters of ASCII, none of them a space, and a `#`.
    public init?(_ text: some StringProtocol) {
        let utf8 = text.utf8
        guard (2...40).contains(utf8.count), utf8.allSatisfy({ 0x21...0x7E ~= $0 }), text.contains("#") else {
            return nil
        }
        self.text = String(text)
    }

    /// Those of systems that many suppliers have.
    public static let common = ["INC#", "RITM#", "REQ#", "SCTASK#", "PRB#", "CHG#", "SR#"].compactMap { Self($0) }
    /// That of the many trackers whose numbers begin with the key of a project.
    public static let project = ReferencePattern(standing: "@-#")

    private init(standing text: String) { self.text = text }

    /// Every stretch of a text that looks so, in order, as it stands there.
    public func matches(in text: some StringProtocol) -> [String] {
        let bytes = Array(text.utf8)
        var found: [String] = []
        var start = 0
        while start < bytes.count {
            if start == 0 || !bytes[start - 1].isWordPart, let end = end(of: bytes, from: start) {
                found.append(String(decoding: bytes[start..<end], as: UTF8.self))
                start = end
            } else {
                start += 1
            }
        }
        return found
    }

    /// Where a stretch that begins here ends, if it looks so and no word goes on behind it.
    private func end(of bytes: [UInt8], from start: Int) -> Int? {
        var place = start
        for sign in text.utf8 {
            switch sign {
            case UInt8(ascii: "#"):
                guard let next = end(ofRunIn: bytes, from: place, atLeast: 1, where: { $0.isDigit }) else { return nil }
                place = next
            case UInt8(ascii: "@"):
                guard let next = end(ofRunIn: bytes, from: place, atLeast: 2, where: { $0.isCapital }) else {
                    return nil
                }
                place = next
            default:
                guard place < bytes.count, bytes[place] == sign else { return nil }
                place += 1
            }
        }
        return place < bytes.count && bytes[place].isWordPart ? nil : place
    }

    private func end(
        ofRunIn bytes: [UInt8], from start: Int, atLeast count: Int, where isPart: (UInt8) -> Bool
    ) -> Int? {
        let end = bytes[start...].firstIndex { !isPart($0) } ?? bytes.count
        return end - start >= count ? end : nil
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }
    fileprivate var isCapital: Bool { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self }
    /// Bytes beyond ASCII are parts of letters.
    fileprivate var isWordPart: Bool {
        isDigit || isCapital || UInt8(ascii: "a")...UInt8(ascii: "z") ~= self || self >= 0x80
    }
}

extension JSONForm where Value == ReferencePattern {
    static var referencePattern: JSONForm {
        JSONForm<String>.line(length: 2...40).checked(
            "must be a pattern such as \"INC#\" or \"@-#\", with # for digits and @ for capital letters"
        ) { ReferencePattern($0) }
    }
}
