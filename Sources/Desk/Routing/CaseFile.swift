import JSON

/// Cases as a file holds them: a JSON list, or a case on each line.
enum CaseFile {
    /// - Throws: everything that is wrong with the cases, each with its place; of a file of lines the place begins with
    ///   the line.
    static func read<Case>(_ text: String, _ form: JSONForm<Case>) throws(JSONFaults) -> [Case] {
        var faults = JSONFaults()
        if text.first(where: { !$0.isWhitespace }) == "[" {
            return try parse(text).read(.list(of: form))
        }
        var cases: [Case] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        where !line.allSatisfy(\.isWhitespace) {
            do throws(JSONFaults) {
                cases.append(try parse(String(line)).read(form))
            } catch {
                for fault in error.list {
                    faults.add(JSONPointer(["line \(index + 1)"] + fault.pointer.tokens), fault.detail)
                }
            }
        }
        if cases.isEmpty, faults.isEmpty { faults.add(JSONPointer(), "holds no case") }
        guard faults.isEmpty else { throw faults }
        return cases
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
