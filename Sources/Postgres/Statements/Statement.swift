/// A statement ready to be sent.
struct Statement: Sendable {
    let text: String
    let parameters: Parameters
    let telling: Telling?
    /// The place that errors name, if it is another than that of what it travels with.
    let origin: CallSite?

    init(_ sql: SQL, origin: CallSite? = nil) {
        text = sql.text
        parameters = sql.parameters
        telling = sql.telling
        self.origin = origin
    }

    /// The most parameters that the protocol can count.
    private static let mostParameters = 65_535

    /// Why it cannot be sent at all; nil if it can.
    var fault: String? {
        if parameters.count > Self.mostParameters {
            return "a statement has at most \(Self.mostParameters) parameters, this one has \(parameters.count);"
                + " pass an array instead"
        }
        if text.utf8.contains(0) { return "the text of a statement cannot hold a zero byte" }
        return nil
    }
}
