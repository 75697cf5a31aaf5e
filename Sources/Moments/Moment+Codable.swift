/// On the wire and in stored documents a moment is RFC 3339 text.
extension Moment: Codable {
    /// - Throws: `DecodingError.dataCorrupted` if the text is not a date and time of RFC 3339.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let moment = Moment(rfc3339: text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "\"\(text)\" is not a date and time such as 2026-03-01T08:30:00Z (RFC 3339).")
        }
        self = moment
    }

    /// - Throws: `EncodingError.invalidValue` if the moment lies outside the years 0000 to 9999.
    public func encode(to encoder: any Encoder) throws {
        guard Self.rfc3339Range.contains(self) else {
            throw EncodingError.invalidValue(
                self,
                .init(codingPath: encoder.codingPath, debugDescription: "RFC 3339 writes only the years 0000 to 9999."))
        }
        var container = encoder.singleValueContainer()
        try container.encode(rfc3339)
    }
}
