import JSON

extension LetterTemplate {
    static var form: JSONForm<LetterTemplate> {
        .object { reader in
            LetterTemplate(
                subject: reader.optional("subject", .line()),
                opening: reader.optional("opening", .text(length: 1...2000)))
        }
    }

    var json: JSON { .object(["subject": subject, "opening": opening]) }
}

extension LetterTemplates {
    static var form: JSONForm<LetterTemplates> {
        JSONForm<[(name: Letter, value: [String: LetterTemplate])]>
            .members(
                names: .word(),
                values: JSONForm<[(name: String, value: LetterTemplate)]>
                    .members(names: .word(among: Letter.languages), values: LetterTemplate.form)
                    .map { Dictionary($0.map { ($0.name, $0.value) }) { first, _ in first } }
            )
            .map { members in LetterTemplates(Dictionary(members.map { ($0.name, $0.value) }) { first, _ in first }) }
    }

    var json: JSON {
        let letters = words.sorted { $0.key.rawValue < $1.key.rawValue }.map { letter, languages in
            let texts = languages.sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) }
            return (letter.rawValue, JSON.object(JSONObject(texts)))
        }
        return .object(JSONObject(letters))
    }

    /// What is wrong with them, each with its place.
    func check(at pointer: JSONPointer, _ faults: inout JSONFaults) {
        for (letter, languages) in words.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            for (language, template) in languages.sorted(by: { $0.key < $1.key }) {
                for fault in letter.faults(of: template) {
                    let place = pointer.appending(letter.rawValue).appending(language).appending(fault.part)
                    faults.add(place, fault.detail)
                }
            }
        }
    }
}
