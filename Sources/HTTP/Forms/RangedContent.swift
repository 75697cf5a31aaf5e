public import Moments

/// Content of known length that a client may ask for in parts, to go on where a download broke off
/// (RFC 9110 section 14).
public struct RangedContent: Sendable {
    /// Writes those bytes of the content, in pieces.
    public typealias Source = @Sendable (_ range: Range<Int64>, _ writer: BodyWriter) async throws -> Void

    public let length: Int64
    public let type: String
    /// The name of this version of the content.
    public let tag: EntityTag
    public let lastModified: Moment?
    /// What else the answer says, such as Cache-Control and Content-Disposition.
    public let fields: Fields
    private let source: Source

    public init(
        length: Int64, type: String, tag: EntityTag, lastModified: Moment? = nil, fields: Fields = Fields(),
        source: @escaping Source
    ) {
        self.length = length
        self.type = type
        self.tag = tag
        self.lastModified = lastModified
        self.fields = fields
        self.source = source
    }

    /// What the request is answered with: all of the content, the parts asked for, or that the client holds it.
    /// It is 412 where the client thinks of another version, 416 where it asks for bytes that are not there.
    public func response(to request: Request) -> Response {
        switch Conditions(request).verdict(tag: tag, lastModified: lastModified) {
        case .failed: return Problem(.preconditionFailed, detail: "The content is of another version.").response
        case .notModified: return Response(.notModified, fields: versionFields)
        case .proceed: break
        }
        switch ByteRanges(request, length: length, tag: tag, lastModified: lastModified) {
        case .whole:
            return response(.ok, type: type, length: length) { [source, length] in try await source(0..<length, $0) }
        case .one(let range):
            var response = response(.partialContent, type: type, length: Int64(range.count)) { [source] in
                try await source(range, $0)
            }
            response.fields[.contentRange] = Self.describe(range, of: length)
            return response
        case .several(let ranges): return multipart(ranges)
        case .unsatisfiable:
            return Problem(
                .rangeNotSatisfiable, detail: "The content has \(length) bytes.",
                fields: [.contentRange: "bytes */\(length)"]
            ).response
        }
    }

    /// The fields that also an answer without content repeats (RFC 9110 section 15.4.5).
    private var versionFields: Fields {
        var kept: Fields = [.entityTag: tag.description]
        for name in [FieldName.cacheControl, .vary] { kept[name] = fields[name] }
        kept[.lastModified] = lastModified.map(HTTPDate.text)
        return kept
    }

    private func response(
        _ status: Status, type: String, length: Int64, write: @escaping @Sendable (BodyWriter) async throws -> Void
    ) -> Response {
        var fields = fields
        fields[.contentType] = type
        fields[.entityTag] = tag.description
        fields[.lastModified] = lastModified.map(HTTPDate.text)
        fields[.acceptRanges] = "bytes"
        return Response(status, fields: fields, body: .stream(length: Int(length), write: write))
    }

    /// Several parts in one answer, each with its place in the whole (RFC 9110 section 14.6).
    private func multipart(_ ranges: [Range<Int64>]) -> Response {
        // Drawn anew for each answer, so that no content can hold it on purpose.
        let boundary =
            String(UInt64.random(in: .min ... .max), radix: 16) + String(UInt64.random(in: .min ... .max), radix: 16)
        let heads = ranges.map { range in
            "\r\n--\(boundary)\r\nContent-Type: \(type)\r\nContent-Range: \(Self.describe(range, of: length))\r\n\r\n"
        }
        let end = "\r\n--\(boundary)--\r\n"
        let total = zip(heads, ranges).reduce(Int64(end.utf8.count)) { $0 + Int64($1.0.utf8.count + $1.1.count) }
        return response(
            .partialContent, type: "multipart/byteranges; boundary=\(boundary)", length: total
        ) { [source] writer in
            for (head, range) in zip(heads, ranges) {
                try await writer.write(head)
                try await source(range, writer)
            }
            try await writer.write(end)
        }
    }

    private static func describe(_ range: Range<Int64>, of length: Int64) -> String {
        "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(length)"
    }
}
