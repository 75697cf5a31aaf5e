import DeskStore
import DeskSuppliers
import DeskWeb
import Foundation
import HTTP
import JSON
import Postgres
import Secrets

/// The files of an exchange: those that a supplier is told of are fetched, and those that it has wait for the event
/// that names them.
extension SupplierDoor {
    private static let largestFile = Int(SharedFile.mostBytes)

    var fileEndpoints: [Endpoint<SupplierCaller>] {
        [
            Endpoint(.get, "/supplier/v1/:supplier/files/:file") { (request, caller, _: String, file: String) in
                try await send(file, to: caller, for: request)
            },
            Endpoint(
                .post, "/supplier/v1/:supplier/exchanges/:exchange/files", body: .collected(limit: Self.largestFile)
            ) { (request, caller, _: String, exchange: String) in
                try await keep(request, of: exchange, from: caller)
            },
        ]
    }

    /// What a caller has signed: an event, or the target of a request for a file and the bytes that go along. A
    /// signature for one file is none for another.
    static func signed(in request: Request) -> [UInt8] {
        if request.target.segments.last == "events" { return request.body.bytes }
        let target = request.target.path + (request.target.query.map { "?\($0)" } ?? "")
        return Array(target.utf8) + request.body.bytes
    }

    private func send(_ file: String, to caller: SupplierCaller, for request: Request) async throws -> Response {
        guard let id = UUID(uuidString: file), let found = try await store.file(id, of: caller.id) else {
            throw Problem(
                .notFound, detail: "No exchange of yours has such a file, or it may no longer leave the desk.")
        }
        return found.response(to: request, of: caller.id, from: store)
    }

    /// Keeps a file once, however often it is sent under one identity.
    private func keep(
        _ request: Request, of exchange: String, from caller: SupplierCaller
    ) async throws -> Response {
        let upload = try await UploadRequest(limit: Self.largestFile, store: store).upload(request)
        let name = Digest(sha256: Array("\(caller.code).\(caller.signature.id)".utf8))
        guard let id = UUID(bytes: name.bytes.prefix(16)) else { preconditionFailure("a digest has 32 bytes") }
        do {
            try await store.transaction { (transaction: borrowing Transaction) in
                guard let exchange = UUID(uuidString: exchange),
                    let found = try await transaction.mailedExchange(exchange), found.supplier == caller.id,
                    found.isOpen
                else {
                    throw Problem(.notFound, detail: "There is no such exchange with you, or it has ended.")
                }
                try await transaction.attach(upload, to: found.ticket, entry: nil, as: id)
            }
        } catch let error as DatabaseError where error.sqlState == .uniqueViolation {
            // It is here already.
        } catch {
            // The sweeper finds it where it cannot be removed now.
            try? await store.drop(upload.content)
            throw error
        }
        try await store.drop(upload.content)
        return Response(.created, json: JSON.object(["id": id.uuidString.lowercased().json]).bytes())
    }
}
