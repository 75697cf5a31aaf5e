import HTTP

/// The answers in what a server sent, taken apart by their lengths alone.
struct ReceivedAnswers {
    struct Answer {
        let status: Int
        let fields: [String: String]
        let body: [UInt8]
    }

    private(set) var list: [Answer] = []
    /// What is left over and makes no answer.
    private(set) var rest: ArraySlice<UInt8>

    /// - Parameter expected: says which answers are to a HEAD and so have a length and no content.
    init(_ octets: [UInt8], expected: [ConformanceRow.Answer]) {
        rest = octets[...]
        while let answer = next(isHead: list.count < expected.count && expected[list.count].isToHead) {
            list.append(answer)
        }
    }

    private mutating func next(isHead: Bool) -> Answer? {
        let text = String(decoding: rest, as: UTF8.self)
        guard let end = rest.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: rest[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        guard text.hasPrefix("HTTP/1.1 "), let status = text.status else { return nil }
        var fields: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstRange(of: ": ") else { return nil }
            fields[line[..<colon.lowerBound].lowercased()] = String(line[colon.upperBound...])
        }
        let length = isHead ? 0 : fields["content-length"].flatMap { Int($0) } ?? 0
        guard rest.distance(from: end.upperBound, to: rest.endIndex) >= length else { return nil }
        let body = Array(rest[end.upperBound..<end.upperBound + length])
        rest = rest[(end.upperBound + length)...]
        return Answer(status: status, fields: fields, body: body)
    }
}

extension ConformanceRow.Answer {
    var isToHead: Bool {
        switch self {
        case .understood(let method, _, _, _): method == .head
        case .status(_, let head): head
        case .interim: false
        }
    }

    /// What in an answer is not as this one has to be; nil if nothing.
    func difference(_ answer: ReceivedAnswers.Answer) -> String? {
        switch self {
        case .interim: answer.status == 100 ? nil : "\(answer.status) is not leave to send the body"
        case .status(let status, _): answer.status == status ? nil : "\(answer.status) is not \(status)"
        case .understood(let method, let target, let body, let host):
            answer.status / 100 == 2 && answer.fields["x-echo-method"] == method.rawValue
                && answer.fields["x-echo-target"] == target && (host == nil || answer.fields["x-echo-host"] == host)
                && (method == .head || answer.body == Array(body.utf8)) ? nil : "\(answer) is not \(self)"
        }
    }
}
