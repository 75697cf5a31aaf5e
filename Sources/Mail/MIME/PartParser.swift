/// Builds the tree of parts within fixed limits.
struct PartParser {
    let limits: MessageParser.Limits
    private(set) var defects = DefectList()
    private var count = 0

    init(limits: MessageParser.Limits) {
        self.limits = limits
    }

    /// The part that the bytes are, header and body. Its defects are noted, and those of the header are too if
    /// `isRoot`: parts may lack a header, a message may not.
    mutating func parse(_ bytes: ArraySlice<UInt8>, depth: Int = 0, usual: ContentType = .plainText) -> Part {
        var headerParser = HeaderParser(bytes, limits: limits)
        let (header, body) = headerParser.parse()
        for defect in headerParser.defects.all where depth == 0 || defect != .noHeader { defects.note(defect) }
        count += 1

        let declared = header.first("content-type").map(\.unfolded)
        let contentType = declared.map { $0.isEmpty ? usual : ContentType($0[...]) } ?? usual
        let encoding = header.first("content-transfer-encoding").map { TransferEncoding($0.text) } ?? .identity
        let disposition = header.first("content-disposition").flatMap { Disposition($0.unfolded[...]) }
        var parts: [Part] = []
        if contentType.type == "multipart" {
            parts = parseParts(of: contentType, body: body, encoding: encoding, depth: depth)
        } else if contentType.maySign, depth < limits.depth, count < limits.parts,
            let signed = SignedContent.read(encoding.decode(body).bytes[...])
        {
            parts = [parse(signed[...], depth: depth + 1)]
        }
        return Part(
            header: header, contentType: contentType, disposition: disposition, transferEncoding: encoding,
            encoded: body, parts: parts)
    }

    private mutating func parseParts(
        of contentType: ContentType, body: ArraySlice<UInt8>, encoding: TransferEncoding, depth: Int
    ) -> [Part] {
        guard depth < limits.depth else {
            defects.note(.nestedTooDeeply)
            return []
        }
        guard let bodies = bodies(in: body, of: contentType, encoding: encoding) else { return [] }
        let usual: ContentType = contentType.name == "multipart/digest" ? .message : .plainText
        var parts: [Part] = []
        for part in bodies {
            guard count < limits.parts else {
                defects.note(.tooManyParts)
                break
            }
            parts.append(parse(part, depth: depth + 1, usual: usual))
        }
        return parts
    }

    /// The bytes of each part of a multipart; nil if no boundary can be found.
    private mutating func bodies(
        in body: ArraySlice<UInt8>, of contentType: ContentType, encoding: TransferEncoding
    ) -> [ArraySlice<UInt8>]? {
        let declared = contentType.boundary
        if declared == nil { defects.note(.boundaryMissing) }
        if let found = declared.flatMap({ Boundary($0).split(body, limit: limits.parts) }) { return noting(found) }
        // Some senders encode the whole of a multipart, which RFC 2045 (section 6.4) forbids.
        if encoding != .identity, let declared,
            let found = Boundary(declared).split(encoding.decode(body).bytes[...], limit: limits.parts)
        {
            return noting(found)
        }
        if declared != nil { defects.note(.boundaryUnused) }
        return Boundary.guess(in: body).flatMap { $0.split(body, limit: limits.parts) }.map { noting($0) }
    }

    private mutating func noting(_ found: Boundary.Split) -> [ArraySlice<UInt8>] {
        if !found.isClosed { defects.note(.boundaryUnclosed) }
        if found.isCut { defects.note(.tooManyParts) }
        return found.bodies
    }
}
