public import JSON
public import Moments

/// How a clock was moved by something else than what happened to its ticket.
public struct ClockShift: Hashable, Sendable {
    /// Which clock; it has no step.
    public let mark: ClockMark
    /// When it was due before; nil where it was not due or did not run.
    public let before: Moment?
    public let after: Moment?

    public init(_ mark: ClockMark, before: Moment?, after: Moment?) {
        (self.mark, self.before, self.after) = (mark, before, after)
    }
}

extension ClockShift {
    public var json: JSON {
        var object = JSONObject()
        mark.write(to: &object)
        object["before"] = before?.rfc3339.json
        object["after"] = after?.rfc3339.json
        return .object(object)
    }

    static func form() -> JSONForm<ClockShift> {
        .object { reader in
            let mark = ClockMark.read(from: &reader)
            let (before, after) = (reader.optional("before", .moment), reader.optional("after", .moment))
            return mark.map { ClockShift($0, before: before, after: after) }
        }
    }
}
