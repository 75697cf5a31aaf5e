public import JSON

/// Cases as a file holds them: a JSON list, or a case on each line.
public struct RoutingCaseFile: Sendable {
    public let cases: [RoutingCase]

    /// - Parameter organisation: whose words the cases use.
    /// - Throws: everything that is wrong with the cases, each with its place; of a file of lines the place begins with
    ///   the line.
    public init(_ text: String, in organisation: Organisation) throws(JSONFaults) {
        let form = RoutingCase.form(in: organisation)
        var faults = JSONFaults()
        if text.first(where: { !$0.isWhitespace }) == "[" {
            cases = try Self.parse(text).read(.list(of: form))
            return
        }
        var cases: [RoutingCase] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        where !line.allSatisfy(\.isWhitespace) {
            do throws(JSONFaults) {
                cases.append(try Self.parse(String(line)).read(form))
            } catch {
                for fault in error.list {
                    faults.add(JSONPointer(["line \(index + 1)"] + fault.pointer.tokens), fault.detail)
                }
            }
        }
        if cases.isEmpty, faults.isEmpty { faults.add(JSONPointer(), "holds no case") }
        guard faults.isEmpty else { throw faults }
        self.cases = cases
    }

    private static func parse(_ text: String) throws(JSONFaults) -> JSON {
        do {
            return try JSON.parse(text)
        } catch {
            var faults = JSONFaults()
            faults.add(JSONPointer(), "is no JSON: \(error)")
            throw faults
        }
    }
}
