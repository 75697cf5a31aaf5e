import HTTP
import SeedTestSupport

/// What must hold for what stands in fields, in answers and in forms.
enum FuzzedValues {
    /// A form, whose boundary is the letter b.
    static func form(_ octets: [UInt8]) {
        var seed = Seed(octets.count)
        let whole = parts([octets[...]])
        let cut = parts(seed.pieces(octets))
        if whole != cut { fail("cut into pieces a form is read otherwise: \(cut) and whole \(whole)") }
    }

    private static func parts(_ pieces: [ArraySlice<UInt8>]) -> [String] {
        var parser = MultipartParser(boundary: "b")
        var found: [String] = []
        var data: [UInt8] = []
        do throws(MultipartParser.Fault) {
            for piece in pieces {
                parser.feed(piece)
                while let event = try parser.next() {
                    switch event {
                    case .part(let head): (found, data) = (found + ["\(head.name) \(head.filename ?? "-")"], [])
                    case .data(let bytes): data += bytes
                    case .endOfPart: found.append("\(data)")
                    }
                }
            }
            try parser.finish()
        } catch {
            found.append(error.rawValue)
        }
        return found
    }

    /// An answer of another server.
    static func response(_ octets: [UInt8]) {
        var seed = Seed(octets.count)
        var parser = ResponseParser(answering: .get)
        var events = 0
        do throws(ResponseFault) {
            for piece in seed.pieces(octets) {
                parser.feed(piece)
                while try parser.next() != nil { events += 1 }
            }
            _ = try parser.finish()
        } catch {
            if error.rawValue.isEmpty { fail("a fault without a name") }
        }
        if events > octets.count * 2 + 4 { fail("\(events) events from \(octets.count) octets") }
    }

    /// Values of fields that clients choose.
    static func fields(_ octets: [UInt8]) {
        let text = String(decoding: octets, as: UTF8.self)
        var fields = Fields()
        for name in [
            FieldName.range, .ifRange, .ifMatch, .ifNoneMatch, .ifModifiedSince, .cookie, .contentType, .accept,
        ] {
            fields[name] = text
        }
        let request = Request(.get, "/", fields: fields)
        for length in [Int64(0), 1, 10, .max] { ranges(request, length) }
        _ = Conditions(request).verdict(tag: EntityTag("a"))
        _ = (request.contentType, Array(request.cookies), HTTPDate.seconds(text), Query(text), WebAddress(text))
        if let target = Target(text), Target(target.path) == nil, target.path != "*" {
            fail("a path that is none: \(target)")
        }
        if let authority = Authority(text), Authority(authority.description) != authority {
            fail("a host that reads back otherwise: \(authority)")
        }
    }

    private static func ranges(_ request: Request, _ length: Int64) {
        let whole = 0..<length
        switch ByteRanges(request, length: length, tag: EntityTag("a")) {
        case .whole, .unsatisfiable: break
        case .one(let range):
            if range.isEmpty || !whole.contains(range) { fail("\(range) of \(length)") }
        case .several(let ranges):
            if ranges.count < 2 || !ranges.allSatisfy({ !$0.isEmpty && whole.contains($0) }) { fail("\(ranges)") }
        }
    }
}
