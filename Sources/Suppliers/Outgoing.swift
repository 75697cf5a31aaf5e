import Catalogue
import Desk
import DeskStore
import DeskSuppliers
import Foundation
import Moments

/// A message to a supplier as a connector gets it: what may leave, and nothing else.
struct Outgoing: Sendable {
    let bond: BondView
    /// What is told. It is fixed before the first attempt, and the same at every later one.
    let event: CloudEvent<DeskMessage>
    /// The event as a text, in the same bytes at every attempt.
    let text: String
    /// Which attempt this is, from 1. From the second on, their system may have what an earlier one brought.
    let attempt: Int
    /// Reads a file that goes along.
    let read: @Sendable (SharedFile) async throws -> [UInt8]

    /// The message's identity for the supplier, the same at every attempt.
    var id: String { event.id }
    var kind: SupplierMessage.Kind { event.payload.kind }
    var disclosure: Disclosure { event.payload.disclosure }
    var files: [SharedFile] { disclosure.files }

    /// The bytes of a file that goes along.
    func bytes(of file: SharedFile) async throws(Setback) -> [UInt8] {
        do { return try await read(file) } catch is CancellationError { throw .interrupted } catch {
            throw .postponed(because: "the file \(file.id) cannot be read: \(error)", after: nil)
        }
    }
}

extension CloudEvent<DeskMessage> {
    /// The event that tells a supplier of a message, with no more than the supplier may see.
    init(
        _ message: PendingMessage, _ kind: SupplierMessage.Kind, of bond: BondView, about shared: SharedTicket,
        to supplier: Supplier, from source: String
    ) {
        let ticket = shared.record.ticket
        let step = message.mark.flatMap { supplier.contract?.step(at: $0.percent) }
        var facts = TicketFacts(shared, with: kind, to: supplier)
        facts.urgency = step?.urgency ?? facts.urgency
        self.init(
            id: message.uuid, source: source, time: message.createdAt, sequence: message.sequence,
            payload: DeskMessage(
                kind: kind, exchange: bond.uuid, ourReference: bond.ourReference(of: ticket),
                disclosure: Disclosure(of: facts, allowing: supplier.fields),
                escalation: message.mark.map {
                    SupplierEscalation($0, in: step, supplier.wording)
                }))
    }
}

extension Supplier {
    /// The language in which it is written to where the contract has no words.
    fileprivate var wording: Wording {
        guard case .email(let terms) = connector else { return Wording(.english) }
        return Wording(Language(tag: terms.language) ?? .english)
    }
}

extension TicketFacts {
    /// All there is to tell with a message.
    init(_ shared: SharedTicket, with kind: SupplierMessage.Kind, to supplier: Supplier) {
        let part = kind == .note ? Supplier.Field.message : .note
        let (ticket, directory) = (shared.record.ticket, shared.directory)
        self.init(
            subject: shared.record.subject, kind: ticket.classification.kind,
            category: ticket.classification.category.map { directory.categories.code(of: $0) },
            impact: ticket.classification.impact, urgency: ticket.classification.urgency,
            priority: ticket.classification.priority, site: directory.code(of: ticket.origin),
            requesterName: shared.requester.name, requesterEmail: shared.requester.address,
            description: shared.description, note: kind == .note ? nil : shared.note,
            message: kind == .note ? shared.note : nil)
        let begins = [.referral, .question].contains(kind)
        let files =
            (begins ? shared.descriptionFiles : []).map { SharedFile($0, with: .description) }
            + shared.noteFiles.map { SharedFile($0, with: part) }
        self.files = files.thatCross
        if case .email = supplier.connector { self.files = self.files.fitting(SharedFile.mostBytes) }
    }
}

extension [SharedFile] {
    /// Those that may go along with one message.
    var thatCross: [SharedFile] { Array(filter { $0.size <= SharedFile.mostBytes }.prefix(SharedFile.most)) }
}

extension SharedFile {
    init(_ file: AttachmentView, with part: Supplier.Field) {
        self.init(
            id: file.id, name: file.name, type: file.mediaType, size: file.size, sha256: file.sha256, part: part)
    }
}
