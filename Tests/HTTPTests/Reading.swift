import HTTP

/// What a parser makes of bytes: the requests that are complete, and the fault it stopped at.
struct Reading: Equatable, CustomStringConvertible {
    struct Message: Equatable {
        var method: Method
        var target: String
        var body: String
    }

    var messages: [Message] = []
    var fault: RequestFault?
    /// Whether the last message is not complete.
    var isWithinRequest = false
    var heads: [RequestHead] = []

    /// Feeds the pieces one after the other and takes what is complete after each.
    init(_ pieces: some Sequence<some Collection<UInt8>>, limits: MessageLimits = MessageLimits()) {
        var parser = RequestParser(limits: limits)
        var body: [UInt8] = []
        do throws(RequestFault) {
            for piece in pieces {
                parser.feed(piece)
                while let event = try parser.next() {
                    switch event {
                    case .head(let head):
                        heads.append(head)
                        body = []
                    case .body(let bytes): body.append(contentsOf: bytes)
                    case .end:
                        guard let head = heads.last else { continue }
                        let query = head.target.query.map { "?\($0)" } ?? ""
                        messages.append(
                            Message(
                                method: head.method, target: head.target.path + query,
                                body: String(decoding: body, as: UTF8.self)))
                    }
                }
            }
            isWithinRequest = parser.isWithinRequest
        } catch {
            fault = error
        }
    }

    init(_ text: String, limits: MessageLimits = MessageLimits()) {
        self.init([Array(text.utf8)], limits: limits)
    }

    static func == (left: Reading, right: Reading) -> Bool {
        left.messages == right.messages && left.fault == right.fault && left.isWithinRequest == right.isWithinRequest
    }

    var description: String { "\(messages) \(fault.map(\.description) ?? "") \(isWithinRequest ? "incomplete" : "")" }
}
