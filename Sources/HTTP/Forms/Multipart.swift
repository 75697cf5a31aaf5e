/// The parts of a streamed `multipart/form-data` body, as they arrive.
///
///     var multipart = try Multipart(request)
///     while let event = try await multipart.next() { … }
public struct Multipart {
    private var parser: MultipartParser
    private var pieces: RequestBody.AsyncIterator
    private var isFinished = false

    /// - Throws: `Problem` 415 when the body is of another type.
    public init(_ request: Request, limits: MultipartParser.Limits = .init()) throws {
        guard let parser = request.contentType.flatMap({ MultipartParser($0, limits: limits) }) else {
            throw Problem(.unsupportedMediaType, detail: "Send the form as multipart/form-data with a boundary.")
        }
        self.parser = parser
        pieces = request.body.makeAsyncIterator()
    }

    /// The next event, or nil after the last part.
    ///
    /// - Throws: `MultipartParser.Fault`, or what the connection throws.
    public mutating func next() async throws -> MultipartParser.Event? {
        while true {
            if let event = try parser.next() { return event }
            if isFinished { return nil }
            guard let piece = try await pieces.next() else {
                try parser.finish()
                isFinished = true
                continue
            }
            parser.feed(piece)
        }
    }
}
