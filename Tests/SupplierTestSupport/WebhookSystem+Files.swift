public import Desk
public import DeskSuppliers
public import Foundation
import HTTP
import JSON
import Secrets
import Synchronization

/// Files as two desks with this same product exchange them: each names its own with its words, and fetches the other's.
extension WebhookSystem {
    /// Its people write on a ticket, with files that the desk is to fetch.
    ///
    /// - Parameter change: how they are named, if not as they are.
    public func say(
        _ text: String, with files: [PlayedFile], on exchange: UUID,
        naming change: (SharedFile) -> SharedFile = { $0 }
    ) {
        content.withLock { content in
            content.change(exchange) { $0.notes.append(.init(text, isOurs: false)) }
            content.tell(.noted(text), naming: files.map { change(content.offer($0)) }, in: exchange)
        }
    }

    /// Offers a file to be fetched.
    ///
    /// - Parameter part: with which words it goes.
    public func offer(_ file: PlayedFile, with part: Supplier.Field) -> SharedFile {
        content.withLock { $0.offer(file, with: part) }
    }

    /// What the desk has said of tickets that it got from here, each once.
    public var reports: [SupplierStatement] { content.withLock(\.reports) }

    func hear(_ body: [UInt8]) -> Response {
        guard let event = try? CloudEvent<SupplierStatement>(reading: body) else { return refusal(400) }
        content.withLock { content in
            if content.heard.insert(event.id).inserted { content.reports.append(event.payload) }
        }
        return Response(.accepted)
    }

    /// Offers nothing more of what it has offered.
    public func withdrawFiles() { content.withLock { $0.offered = [:] } }

    public var wanted: [SharedFile] {
        guard isDesk else { return [] }
        return content.withLock { content in
            content.tickets.flatMap(\.named).filter { content.fetched[$0.id] == nil }
        }
    }

    public func take(_ bytes: [UInt8], of file: SharedFile) {
        content.withLock { $0.fetched[file.id] = PlayedFile(file.name, type: file.type, bytes) }
    }

    public func files(of exchange: UUID) -> [PlayedFile] {
        content.withLock { content in
            let named = content.tickets.first { $0.exchange == exchange }?.named ?? []
            return named.compactMap { content.fetched[$0.id] }
        }
    }

    /// Has it say so when it is asked how far an exchange is; nil where it knows of none.
    public func stands(_ exchange: UUID, _ standing: ExchangeStanding?) {
        content.withLock { $0.standings[exchange] = standing }
    }

    func asked(for path: String) -> Response {
        let parts = path.split(separator: "/").map(String.init)
        guard parts.count == 5, path.hasPrefix("/supplier/v1/us/"), let id = UUID(uuidString: parts[4]) else {
            return refusal(404)
        }
        let (file, standing) = content.withLock { ($0.offered[id], $0.standings[id]) }
        if parts[3] == "exchanges" {
            return standing.map { Response(json: $0.json.bytes()) } ?? refusal(410)
        }
        return file.map { Response(.ok, fields: [.contentType: $0.type], body: .bytes($0.bytes)) } ?? refusal(404)
    }
}

extension WebhookSystem.Content {
    fileprivate mutating func offer(_ file: PlayedFile, with part: Supplier.Field = .note) -> SharedFile {
        let id = UUID()
        offered[id] = file
        return SharedFile(
            id: id, name: file.name, type: file.type, size: Int64(file.bytes.count),
            sha256: Digest(sha256: file.bytes).bytes, part: part)
    }
}
