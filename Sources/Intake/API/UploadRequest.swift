import DeskStore
import HTTP

/// A file that a program sends, as the body itself or as the one file of a form, taken in as it comes.
struct UploadRequest {
    /// The most bytes that a file may have.
    let limit: Int
    let store: DeskStore

    /// What a form may hold beside its file.
    static let formOverhead = 65_536

    /// - Throws: `Problem` where there is no file; `RequestFault.bodyTooLarge`.
    func upload(_ request: Request) async throws -> Upload {
        let type = request.contentType
        if type?.essence == "multipart/form-data" { return try await uploadInForm(request) }
        var draft = BlobDraft(in: store)
        for try await piece in request.body { try await append(piece, to: &draft) }
        guard draft.size > 0 else { throw Self.missing }
        return Upload(
            name: Upload.name(request.query["name"] ?? ""), type: type?.essence ?? Self.unknownType,
            content: try await draft.finish())
    }

    /// The first file of a form, whatever stands before and behind it.
    private func uploadInForm(_ request: Request) async throws -> Upload {
        var multipart = try Multipart(request)
        var upload: Upload?
        while let event = try await multipart.next() {
            guard case .part(let head) = event, upload == nil, let name = head.filename else { continue }
            var draft = BlobDraft(in: store)
            while case .data(let bytes) = try await multipart.next() { try await append(bytes, to: &draft) }
            if name.isEmpty, draft.size == 0 { continue }
            upload = Upload(
                name: Upload.name(name), type: head.type?.essence ?? Self.unknownType,
                content: try await draft.finish())
        }
        guard let upload else { throw Self.missing }
        return upload
    }

    private func append(_ bytes: [UInt8], to draft: inout BlobDraft) async throws {
        guard draft.size + Int64(bytes.count) <= limit else { throw RequestFault.bodyTooLarge }
        try await draft.append(bytes)
    }

    private static let unknownType = "application/octet-stream"

    private static var missing: Problem {
        Problem(
            .unprocessableContent, detail: "Send the bytes of the file as the body, and its name as ?name=, or a form.")
    }
}
