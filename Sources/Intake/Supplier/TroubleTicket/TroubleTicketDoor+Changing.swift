import Desk
import DeskStore
import DeskSuppliers
import Foundation
import HTTP
import JSON
import Moments
import Postgres
import Runtime
import Secrets

extension TroubleTicketDoor {
    func changingEndpoints(_ version: TroubleTicketVersion) -> [Endpoint<SupplierClient>] {
        [
            Endpoint(.post, "\(version.path)/troubleTicket", body: .collected(limit: Self.largestBody)) { _, _ in
                throw TroubleTicketError(
                    status: 501,
                    reason: "This desk gives tickets to its suppliers and takes none from them here. Write to the desk "
                        + "as anybody does who needs help.")
            },
            Endpoint(.patch, "\(version.path)/troubleTicket/:id", body: .collected(limit: Self.largestChange)) {
                request, client, id in
                try await patch(id, request, by: client, in: version)
            },
            operation("cancel", version) { exchange, reason throws(TroubleTicketFaults) in
                try Self.requireOpen(exchange)
                guard let reason else {
                    throw TroubleTicketFaults([.init(.missingProperty, at: "reason", "must say why you give it back")])
                }
                return .returned(reason)
            },
            operation("close", version) { exchange, _ throws(TroubleTicketFaults) in
                guard exchange.state == .resolved else {
                    throw Self.unfit("only what is resolved is closed; resolve it first, with a note on how")
                }
                return nil
            },
            operation("reopen", version) { exchange, _ throws(TroubleTicketFaults) in
                throw Self.unfit("what has ended is not taken up again here; the desk gives it to you anew if need be")
            },
        ]
    }

    /// One of the operations that MEF 124 adds.
    ///
    /// - Parameter decide: what it says of the exchange, for a reason; nil where nothing is left to say.
    private func operation(
        _ name: String, _ version: TroubleTicketVersion,
        _ decide: @escaping @Sendable (BondView, String?) throws(TroubleTicketFaults) -> TroubleTicketWord?
    ) -> Endpoint<SupplierClient> {
        Endpoint(.post, "\(version.path)/troubleTicket/:id/\(name)", body: .collected(limit: Self.largestBody)) {
            request, client, id in
            let body = request.body.bytes.isEmpty ? JSON.null : try Self.json(in: request)
            let reason = (body["reason"] ?? body["statusChangeReason"])?.string.flatMap(Self.words)
            _ = try await record(on: id, request, by: client) { held in
                Saying(words: try decide(held.bond, reason).map { [$0] } ?? [])
            }
            return Response(.noContent)
        }
    }

    /// As much of a reason as a note holds; nil where there is nothing in it.
    private static func words(_ reason: String) -> String? {
        reason.isEmpty ? nil : String(reason.prefix(20_000)).replacing("\0", with: "\u{FFFD}")
    }

    private static func requireOpen(_ bond: BondView) throws(TroubleTicketFaults) {
        guard bond.endedAt == nil else {
            throw unfit("the exchange has ended; nothing about it is changed any more")
        }
    }

    private static func unfit(_ reason: String) -> TroubleTicketFaults {
        TroubleTicketFaults([.init(.otherIssue, at: "status", reason)])
    }

    private func patch(
        _ id: String, _ request: Request, by client: SupplierClient, in version: TroubleTicketVersion
    ) async throws -> Response {
        let face = face(version, for: client)
        let patch = try Self.patch(in: request)
        let held = try await record(on: id, request, by: client) { held in
            let old = face.ticket(held).json(version)
            let change = try TroubleTicketChange(
                from: old, to: patch(old), in: face.mapping, reference: held.bond.theirReference)
            if change.isEmpty { return Saying() }
            try Self.requireOpen(held.bond)
            return Saying(words: change.words(of: held, by: client.supplier.mapping), files: change.files)
        }
        return try answer(.ok, held, to: request, in: face)
    }

    /// What the body makes of a ticket.
    private static func patch(in request: Request) throws -> (JSON) throws -> JSON {
        switch request.contentType?.essence {
        case nil, "application/json", "application/merge-patch+json":
            let json = try json(in: request)
            return { $0.merged(with: json) }
        case "application/json-patch+json":
            let steps = try json(in: request).read(JSONPatch.form)
            return { try $0.patched(with: steps) }
        default:
            throw Problem(
                .unsupportedMediaType, detail: "Send a merge patch (RFC 7396) or a JSON Patch (RFC 6902).",
                fields: ["Accept-Patch": "application/merge-patch+json, application/json-patch+json"])
        }
    }

    static func json(in request: Request) throws -> JSON {
        guard request.contentType?.isJSON ?? true else {
            throw Problem(
                .unsupportedMediaType, detail: "Send JSON with Content-Type: application/json.",
                fields: [.accept: "application/json"])
        }
        return try JSON.parse(request.body.bytes, limits: JSONLimits(bytes: largestChange))
    }

    /// What one request says: words, the last of which the files belong to.
    private struct Saying {
        var words: [TroubleTicketWord] = []
        var files: [TroubleTicket.Attachment] = []
    }

    /// How often a change is made anew because the ticket has gone on between its reading and its change.
    private static let tries = 4

    /// Records what a supplier says, all of it or nothing, and once however often it is sent under one
    /// Idempotency-Key.
    ///
    /// - Returns: the exchange after it.
    private func record(
        on id: String, _ request: Request, by client: SupplierClient,
        _ decide: (HeldTicket) throws -> Saying
    ) async throws -> HeldTicket {
        for attempt in 1... {
            let held = try await held(id, of: client)
            do {
                try await record(on: held, request, by: client) { try decide(held) }
                IntakePoint.afterCommit.pass()
                break
            } catch is TicketChanged where attempt < Self.tries {
                // What it changed may be nothing that this depends on: look again.
            }
        }
        log.info(
            "heard from a supplier's system", ["supplier": .string(client.supplier.code), "exchange": .string(id)])
        return try await held(id, of: client)
    }

    /// What is kept of a body: all of it, but of a large one, which only files can make, no more than what identifies
    /// it, since they are kept themselves.
    private static func keptBody(of request: Request) -> String {
        let bytes = request.body.bytes
        if bytes.count <= largestBody { return String(decoding: bytes, as: UTF8.self) }
        return "\(bytes.count) bytes, SHA-256 \(Digest(sha256: bytes).hex)"
    }

    private func record(
        on held: HeldTicket, _ request: Request, by client: SupplierClient, _ decide: () throws -> Saying
    ) async throws {
        let bond = held.bond
        let body = "\(request.method) \(request.path)\n\(Self.keptBody(of: request))"
        let key = request.fields["Idempotency-Key"].map { $0.prefix(150) } ?? UUID().uuidString.lowercased()[...]
        try await store.transaction(seeing: client.directory.sight(holding: client.id)) {
            (transaction: borrowing Transaction) in
            let isNew = try await transaction.keep(
                body.replacing("\0", with: "\u{FFFD}"), messageID: "tmf:\(bond.uuid):\(key)", of: client.id,
                at: store.timekeeper.now)
            guard isNew else { return }
            let saying = try decide()
            let words = saying.words
            for (place, word) in words.enumerated() {
                let uploads = place == words.count - 1 ? saying.files.map(Upload.init) : []
                let visibility = word.visibility(by: client.supplier.mapping)
                let recording = Recording(
                    by: .supplier(client.id), expecting: place == 0 ? held.record?.ticket.revision : nil,
                    note: word.text.map { Note($0, visibility: visibility, channel: .supplier, uploads: uploads) },
                    cause: request.cause)
                try await store.record(on: bond.ticket, recording, using: transaction) { occasion in
                    word.event(on: occasion.ticket, of: client.id, note: occasion.entry)
                }
            }
            let kinds = TroubleTicketEvent.Kind.allCases.filter { kind in words.contains { $0.events.contains(kind) } }
            try await transaction.tellListeners(
                of: bond, kinds.map(\.rawValue), group: client.supplier.code, at: store.timekeeper.now)
            IntakePoint.beforeCommit.pass()
        }
    }
}
