import DeskStore
public import HTTP

/// A form as it was filled in, with files that were kept while they came, so that their size costs no memory.
public struct SentForm: Sendable {
    /// A file that was chosen in the form.
    struct File: Sendable {
        let field: String
        /// What the sender calls it; a name to show, never a path to write to.
        let name: String
        let type: MediaType?
        /// Nil if it was too large to be kept.
        let content: KeptBytes?
    }

    public private(set) var values: Query
    private(set) var files: [File] = []

    /// Most bytes of all fields that are no files.
    static let mostText = 524_288

    init(_ form: Form) { values = form.values }

    /// Reads a form with files as it comes.
    ///
    /// - Parameter check: is shown what stands before the first file, and at the end all; throws where the form must
    ///   not be taken.
    init(_ multipart: Multipart, keptIn store: DeskStore, check: (Query) throws -> Void) async throws {
        values = Query()
        var multipart = multipart
        var room = Self.mostText
        while let event = try await multipart.next() {
            guard case .part(let head) = event else { continue }
            guard let name = head.filename else {
                values.append(head.name, try await Self.text(&multipart, room: &room))
                continue
            }
            if files.isEmpty { try check(values) }
            let content = try await Self.content(&multipart, keptIn: files.count < Draft.mostFiles ? store : nil)
            // A file input that was left alone is sent as a nameless file without content.
            if name.isEmpty, content?.size == 0 { continue }
            files.append(File(field: head.name, name: name, type: head.type, content: content))
        }
        try check(values)
        guard !values.pairs.contains(where: { $0.name.utf8.contains(0) || $0.value.utf8.contains(0) }) else {
            throw Problem(.badRequest, detail: "A form value must not contain the character NUL.")
        }
    }

    private static func text(_ multipart: inout Multipart, room: inout Int) async throws -> String {
        var octets: [UInt8] = []
        while case .data(let bytes) = try await multipart.next() {
            room -= bytes.count
            guard room >= 0 else { throw RequestFault.bodyTooLarge }
            octets += bytes
        }
        return String(decoding: octets, as: UTF8.self)
    }

    /// The bytes of a file; nil where they are too many, or are not wanted.
    private static func content(_ multipart: inout Multipart, keptIn store: DeskStore?) async throws -> KeptBytes? {
        guard let store else {
            while case .data = try await multipart.next() {}
            return nil
        }
        var draft = BlobDraft(in: store)
        var isTooLarge = false
        while case .data(let bytes) = try await multipart.next() {
            isTooLarge = isTooLarge || draft.size + Int64(bytes.count) > Int64(Draft.largestFile)
            if !isTooLarge { try await draft.append(bytes) }
        }
        return isTooLarge ? nil : try await draft.finish()
    }
}

extension Website {
    /// Reads a form that may bring files and has it acted upon. What it brought and nobody took is not kept.
    ///
    /// The door has checked where such a form comes from; its token, which the door cannot see yet, is checked here,
    /// before any file of it is kept.
    public func reading(
        _ request: Request, from visit: Visit, _ act: (SentForm) async throws -> Response
    ) async throws -> Response {
        let form = try await sentForm(request, from: visit)
        let drafts = form.files.compactMap(\.content)
        do {
            let response = try await act(form)
            for draft in drafts { try await store.drop(draft) }
            return response
        } catch {
            // The sweeper finds what cannot be removed now.
            for draft in drafts { try? await store.drop(draft) }
            throw error
        }
    }

    private func sentForm(_ request: Request, from visit: Visit) async throws -> SentForm {
        guard request.contentType?.essence == "multipart/form-data" else {
            var collected = request
            collected.body = RequestBody(try await request.body.collect(upTo: SentForm.mostText))
            try forgery.checkToken(of: collected, for: visit.formKey)
            return SentForm(try collected.form())
        }
        let shown = request.fields[ForgeryGuard.header]
        return try await SentForm(Multipart(request), keptIn: store) { values in
            try forgery.check(shown ?? values[ForgeryGuard.field], for: visit.formKey)
        }
    }
}
