import JSON

/// Notes, while a document is read, which codes it defines and which it mentions, and tells afterwards what does not
/// fit together: a document may mention what it defines further down.
final class References {
    enum Kind: String {
        case site
        case calendar
        case team
        case position
        case category
        case person
        case rule
        case supplier
        case need
        case automation
        case macro
    }

    private struct Mention {
        let kind: Kind
        let code: String
        let pointer: JSONPointer
    }

    private var definitions: [Kind: Set<String>] = [:]
    private var mentions: [Mention] = []
    private var duplicates: [Mention] = []

    /// The form of a code that is defined here.
    func defining(_ kind: Kind, _ form: JSONForm<String>) -> JSONForm<String> {
        noting(form) { [self] code, pointer in
            if !definitions[kind, default: []].insert(code).inserted {
                duplicates.append(Mention(kind: kind, code: code, pointer: pointer))
            }
        }
    }

    /// The form of a code that must be defined somewhere in the document.
    func mentioning(_ kind: Kind) -> JSONForm<String> {
        noting(.line()) { [self] code, pointer in
            mentions.append(Mention(kind: kind, code: code, pointer: pointer))
        }
    }

    private func noting(_ form: JSONForm<String>, _ note: @escaping (String, JSONPointer) -> Void) -> JSONForm<String> {
        JSONForm(described: form.schema) { json, pointer, faults in
            do throws(JSONFaults) {
                let code = try json.read(form)
                note(code, pointer)
                return code
            } catch {
                for fault in error.list {
                    faults.add(JSONPointer(pointer.tokens + fault.pointer.tokens), fault.detail)
                }
                return nil
            }
        }
    }

    /// Tells of codes that stand twice and of codes that stand for nothing. Of a kind that could not be read at all
    /// nothing is told: one fault is enough.
    func check(_ faults: inout JSONFaults) {
        let isReadable = faults.isEmpty
        for duplicate in duplicates {
            faults.add(duplicate.pointer, "stands twice: another \(duplicate.kind) is called \"\(duplicate.code)\"")
        }
        for mention in mentions where definitions[mention.kind]?.contains(mention.code) != true {
            let known = definitions[mention.kind] ?? []
            guard isReadable || !known.isEmpty else { continue }
            let meant = NearestWord.to(mention.code, among: known.sorted()).map { "; did you mean \"\($0)\"?" } ?? ""
            faults.add(mention.pointer, "there is no \(mention.kind) \"\(mention.code)\"\(meant)")
        }
    }
}
