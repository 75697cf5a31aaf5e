import JSON

/// The point of a clock that a deadline stands for.
public struct ClockMark: Hashable, Sendable {
    public let measure: Measure
    public let subject: ClockSubject
    /// How much of the target is used up, 1 ... 99; nil where all of it is.
    public let percent: Int?

    public init(_ measure: Measure, about subject: ClockSubject = .ticket, percent: Int? = nil) {
        (self.measure, self.subject, self.percent) = (measure, subject, percent)
    }
}

/// A part of the time that a supplier's contract grants, after which the supplier is told.
public struct ContractMark: Hashable, Sendable {
    public let measure: Measure
    /// 100 where all of the time is used up; 1 ... 1000.
    public let percent: Int

    public init(_ measure: Measure, percent: Int) { (self.measure, self.percent) = (measure, percent) }
}

extension ContractMark {
    func write(to object: inout JSONObject) {
        object["target"] = measure.rawValue.json
        object["percent"] = percent.json
    }

    static func read(from reader: inout JSONReader) -> ContractMark? {
        let measure: Measure? = reader.required("target", .word())
        let percent = reader.required("percent", .integer(1...1000))
        guard let measure, let percent else { return nil }
        return ContractMark(measure, percent: percent)
    }
}

extension ClockMark {
    func write(to object: inout JSONObject) {
        object["target"] = measure.rawValue.json
        object["percent"] = percent?.json
        switch subject {
        case .ticket: break
        case .team(let id): object["team"] = id.json
        case .supplier(let id): object["supplier"] = id.json
        }
    }

    static func read(from reader: inout JSONReader) -> ClockMark? {
        let measure: Measure? = reader.required("target", .word())
        let percent = reader.optional("percent", .integer(1...99))
        let team: TeamID? = reader.optional("team", .identifier())
        let supplier: SupplierID? = reader.optional("supplier", .identifier())
        let subject = team.map { ClockSubject.team($0) } ?? supplier.map { .supplier($0) } ?? .ticket
        return measure.map { ClockMark($0, about: subject, percent: percent) }
    }
}
