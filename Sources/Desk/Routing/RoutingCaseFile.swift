public import JSON

/// Cases for the routing table as a file holds them: a JSON list, or a case on each line.
public struct RoutingCaseFile: Sendable {
    public let cases: [RoutingCase]

    /// - Parameter organisation: whose words the cases use.
    /// - Throws: everything that is wrong with the cases, each with its place; of a file of lines the place begins with
    ///   the line.
    public init(_ text: String, in organisation: Organisation) throws(JSONFaults) {
        cases = try CaseFile.read(text, RoutingCase.form(in: organisation))
    }
}
