/// What kind of content a body is, as Content-Type states it (RFC 9110 section 8.3).
public struct MediaType: Sendable, Hashable, CustomStringConvertible {
    /// Type and subtype in lower case, such as `application/json`.
    public let essence: String
    private let list: ParameterList

    /// Nil unless the text is `type/subtype` with well-formed parameters.
    public init?(_ text: String) {
        guard let list = ParameterList(text) else { return nil }
        let halves = list.word.utf8.split(separator: 0x2F, omittingEmptySubsequences: false)
        guard halves.count == 2, halves.allSatisfy({ ByteClass.isToken($0) }) else { return nil }
        essence = list.word
        self.list = list
    }

    /// The value of a parameter, such as `charset` or `boundary`; the name in lower case.
    public subscript(parameter: String) -> String? { list[parameter] }

    /// Whether the content is JSON, under its own name or as the structure of another (`…+json`).
    public var isJSON: Bool { essence == "application/json" || essence.hasSuffix("+json") }

    public var description: String {
        list.parameters.reduce(essence) { "\($0); \($1.name)=\"\($1.value)\"" }
    }
}
