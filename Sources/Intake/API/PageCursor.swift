import Desk
import HTTP
import Secrets

/// Where the next page of a list begins: the key of the last ticket, signed so that nobody can make one up.
struct PageCursor: Sendable {
    private let keys: [SecretKey]
    private static let codeLength = 8

    init(_ keys: MasterKeys) { self.keys = keys.keys(for: "page-cursor") }

    func text(after ticket: TicketID) -> String { text(after: String(ticket.rawValue)) }

    /// A cursor of a list that is not ordered by tickets.
    func text(after key: String) -> String {
        Base64.encodeURL(code(of: key, under: keys[0]) + Array(key.utf8))
    }

    /// - Throws: `Problem` 400 for a cursor that is none of ours.
    func ticket(in text: String) throws(Problem) -> TicketID {
        guard let ticket = Int64(try key(in: text)) else { throw Self.unknown }
        return TicketID(ticket)
    }

    /// - Throws: `Problem` 400 for a cursor that is none of ours.
    func key(in text: String) throws(Problem) -> String {
        let bytes = Base64.decodeURL(text) ?? []
        let key = String(decoding: bytes.dropFirst(Self.codeLength), as: UTF8.self)
        let shown = Array(bytes.prefix(Self.codeLength))
        guard keys.contains(where: { areEqualInConstantTime(shown, code(of: key, under: $0)) }) else {
            throw Self.unknown
        }
        return key
    }

    static let unknown = Problem(
        .badRequest, detail: "The cursor is not one of ours. Follow the Link of a page, or leave it out.")

    private func code(of key: String, under secret: SecretKey) -> [UInt8] {
        Array(Digest.hmac(of: key, key: secret).bytes.prefix(Self.codeLength))
    }
}
