import JSON
import Secrets

extension TroubleTicketChange {
    /// Files are never changed or taken away either. New ones come with their content: nothing is fetched from an
    /// address that stands in a ticket.
    mutating func readFiles(_ old: [JSON], _ new: JSON?, _ faults: inout [TroubleTicketFault]) {
        guard let list = new?.array, list.count >= old.count, zip(old, list).allSatisfy(Self.isSameFile) else {
            faults.append(
                .init(
                    .invalidValue, at: "attachment",
                    "holds every attachment that there was, unchanged and in its order, and new ones behind them; read "
                        + "the ticket again, or add one by JSON Patch at /attachment/-"))
            return
        }
        if list.count - old.count > SharedFile.most {
            let reason = "takes at most \(SharedFile.most) new ones at once; send the others by themselves"
            return faults.append(.init(.invalidValue, at: "attachment", reason))
        }
        for (place, file) in list.enumerated().dropFirst(old.count) {
            readFile(file, at: JSONPointer(["attachment", String(place)]), &faults)
        }
    }

    private static func isSameFile(_ old: JSON, _ new: JSON) -> Bool {
        ["id", "name", "url"].allSatisfy { new[$0] == old[$0] || $0 != "id" && new[$0] == nil }
    }

    private mutating func readFile(_ json: JSON, at pointer: JSONPointer, _ faults: inout [TroubleTicketFault]) {
        let known = faults.count
        let name = json["name"]?.string ?? ""
        if !(1...255).contains(name.unicodeScalars.count) || name.unicodeScalars.contains("\0") {
            faults.append(.init(.missingProperty, at: pointer.appending("name"), "must have 1 to 255 characters"))
        }
        if json["source"]?.string == TroubleTicket.Source.buyer.rawValue {
            faults.append(.init(.invalidValue, at: pointer.appending("source"), "is seller in what you attach"))
        }
        let content = json["content"]?.string.flatMap { Base64.decode($0) }
        if json["content"]?.string == nil {
            let reason = "must hold the file in base64; nothing is fetched from the address of an attachment"
            faults.append(.init(.missingProperty, at: pointer.appending("content"), reason))
        } else if content == nil {
            faults.append(.init(.invalidFormat, at: pointer.appending("content"), "must be base64 (RFC 4648)"))
        }
        if let content, content.count > SharedFile.mostBytes {
            let reason = "has \(content.count) bytes; a file has \(SharedFile.mostBytes) at most"
            faults.append(.init(.invalidValue, at: pointer.appending("content"), reason))
        }
        guard let content, faults.count == known else { return }
        let type = json["mimeType"]?.word ?? "application/octet-stream"
        files.append(TroubleTicket.Attachment(name, type: String(type.prefix(200)), content, source: .seller))
    }
}
