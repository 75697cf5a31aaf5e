/// A form that a person has filled in, from a collected body.
public struct Form: Sendable {
    /// A file that was chosen in the form.
    public struct File: Sendable {
        /// The name of the input.
        public let field: String
        /// What the sender calls it; a name to show, never a path to write to.
        public let name: String
        public let type: MediaType?
        public let bytes: [UInt8]
    }

    public private(set) var values: Query
    public private(set) var files: [File] = []

    /// The first value of that name.
    public subscript(name: String) -> String? { values[name] }

    /// All values of that name.
    public func all(_ name: String) -> [String] { values.all(name) }

    /// Reads `application/x-www-form-urlencoded` and `multipart/form-data`.
    ///
    /// - Throws: `Problem` 415 for content of another type, 400 for content that contradicts its type or holds NUL.
    public init(_ request: Request) throws {
        guard let type = request.contentType else { throw Self.unsupported }
        values = Query()
        if type.essence == "application/x-www-form-urlencoded" {
            values = request.body.bytes.withUnsafeBufferPointer { Query($0) }
        } else if let parser = MultipartParser(type) {
            try read(request.body.bytes, with: parser)
        } else {
            throw Self.unsupported
        }
        guard !values.pairs.contains(where: { $0.name.utf8.contains(0) || $0.value.utf8.contains(0) }) else {
            throw Problem(.badRequest, detail: "A form value must not contain the character NUL.")
        }
    }

    private mutating func read(_ bytes: [UInt8], with parser: MultipartParser) throws {
        var parser = parser
        var head: MultipartParser.Head?
        var content: [UInt8] = []
        parser.feed(bytes)
        do {
            while let event = try parser.next() {
                switch event {
                case .part(let next):
                    head = next
                    content = []
                case .data(let more): content.append(contentsOf: more)
                case .endOfPart:
                    if let head { add(head, content) }
                }
            }
            try parser.finish()
        } catch {
            throw Problem(.badRequest, detail: "The form is not well-formed multipart/form-data (\(error.rawValue)).")
        }
    }

    private mutating func add(_ head: MultipartParser.Head, _ content: [UInt8]) {
        guard let filename = head.filename else {
            values.append(head.name, String(decoding: content, as: UTF8.self))
            return
        }
        // A file input that was left alone is sent as a nameless file without content.
        if filename.isEmpty, content.isEmpty { return }
        files.append(File(field: head.name, name: filename, type: head.type, bytes: content))
    }

    private static var unsupported: Problem {
        Problem(
            .unsupportedMediaType,
            detail: "Send the form as application/x-www-form-urlencoded or multipart/form-data.",
            fields: [.accept: "application/x-www-form-urlencoded, multipart/form-data"])
    }
}

extension Request {
    /// The form in the body.
    ///
    /// - Throws: `Problem` as `Form.init` does.
    public func form() throws -> Form { try Form(self) }
}
