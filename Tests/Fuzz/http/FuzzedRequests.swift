import Foundation
import HTTP
import SeedTestSupport

/// What must hold for a request parser whatever it is fed.
enum FuzzedRequests {
    /// What a parser makes of pieces of octets.
    struct Outcome: Equatable {
        var messages: [NaiveReader.Message] = []
        var fault: RequestFault?
        var isWithinRequest = false
    }

    static let limits: MessageLimits = {
        var limits = MessageLimits()
        limits.body = 4_096
        return limits
    }()

    static func check(_ octets: [UInt8]) {
        let whole = read([octets[...]])
        var seed = Seed(octets.reduce(UInt64(octets.count)) { $0 &* 31 &+ UInt64($1) })
        let cut = read(seed.pieces(octets))
        if cut != whole { fail("cut into pieces it is read otherwise: \(cut) and whole \(whole)") }
        let naive = NaiveReader(octets, bodyLimit: limits.body)
        let end: NaiveReader.End =
            whole.fault != nil ? .refused : whole.isWithinRequest ? .incomplete : .complete
        // A line that is too long is refused before it ends; the naive reader waits for its end.
        let isEarly = naive.end == .incomplete && whole.fault?.rawValue.hasSuffix("TooLong") == true
        if naive.messages != whole.messages || naive.end != end && !isEarly {
            fail("two readers disagree: \(naive.messages) \(naive.end), and the parser \(whole)")
        }
    }

    static func read(_ pieces: [ArraySlice<UInt8>]) -> Outcome {
        var parser = RequestParser(limits: limits)
        var outcome = Outcome()
        var head: RequestHead?
        var body: [UInt8] = []
        do throws(RequestFault) {
            for piece in pieces {
                parser.feed(piece)
                while let event = try parser.next() {
                    switch event {
                    case .head(let found): (head, body) = (found, [])
                    case .body(let bytes):
                        body += bytes
                        if bytes.isEmpty || body.count > limits.body {
                            fail("a body beyond its limit, or an empty piece")
                        }
                    case .end:
                        guard let target = head?.target, let method = head?.method else {
                            fail("a body without a head")
                        }
                        let text = target.query.map { "\(target.path)?\($0)" } ?? target.path
                        outcome.messages.append(.init(method: method.rawValue, target: text, body: body))
                    }
                }
                if parser.unread > 48_000 { fail("\(parser.unread) octets are kept that no event has covered") }
            }
            outcome.isWithinRequest = parser.isWithinRequest
        } catch {
            outcome.fault = error
            stays(error, in: &parser)
        }
        return outcome
    }

    /// After a fault there is nothing but the fault.
    private static func stays(_ fault: RequestFault, in parser: inout RequestParser) {
        parser.feed("\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
        do throws(RequestFault) {
            _ = try parser.next()
            fail("something comes after \(fault)")
        } catch {
            if error != fault { fail("\(fault) became \(error)") }
        }
    }
}

/// Says why and ends the process, whereupon the fuzzer keeps the octets that led here.
func fail(_ reason: String) -> Never {
    FileHandle.standardError.write(Data("FOUND: \(reason)\n".utf8))
    abort()
}
