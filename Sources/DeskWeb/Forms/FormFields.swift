public import Catalogue
public import HTML

/// Draws the fields of a form with labels, hints and what is wrong with them.
public struct FormFields: Sendable {
    private let draft: Draft
    private let wording: Wording
    private let form: String

    /// - Parameter form: a word that tells the fields of this form from those of others on the page.
    public init(_ draft: Draft, _ wording: Wording, form: String) {
        (self.draft, self.wording, self.form) = (draft, wording, form)
    }

    /// All faults, each leading to its field; nil where there are none.
    public var summary: HTML? {
        if draft.faults.isEmpty { return nil }
        let items = draft.faults.map { fault -> HTML in
            "<li><a href=\"\(Link("#\(id(fault.field))"))\">\(fault.text)</a></li>"
        }
        return """
            <div class="error-summary" role="alert" tabindex="-1" aria-labelledby="\(id("problem"))">
            <h2 id="\(id("problem"))">\(wording(.errorSummary))</h2><ul>\(items)</ul></div>
            """
    }

    /// A line of text.
    public func line(
        _ name: String, _ label: String, hint: String? = nil, type: String = "text", autocomplete: String? = nil,
        keeps: Bool = true
    ) -> HTML {
        field(
            name, label, hint: hint,
            """
            <input id="\(id(name))" name="\(name)" type="\(type)"\(attribute: "autocomplete", autocomplete)\
            \(attribute: "value", keeps ? draft[name] : nil)\(attribute: "aria-describedby", description(of: name, hint))\
            \(attribute: "aria-invalid", wrong(name))>
            """)
    }

    /// A text of several lines.
    public func text(_ name: String, _ label: String, hint: String? = nil, rows: Int = 6) -> HTML {
        field(
            name, label, hint: hint,
            """
            <textarea id="\(id(name))" name="\(name)" rows="\(rows)" dir="auto"\
            \(attribute: "aria-describedby", description(of: name, hint))\
            \(attribute: "aria-invalid", wrong(name))>\
            \(draft[name])</textarea>
            """)
    }

    /// One of several choices; `none` stands for leaving it open.
    public func choice(
        _ name: String, _ label: String, _ choices: [(value: String, label: String)], none: String? = nil,
        hint: String? = nil
    ) -> HTML {
        let open: HTML? = none.map { "<option value=\"\">\($0)</option>" }
        let options = choices.map { choice -> HTML in
            let isChosen = draft[name] == choice.value
            return "<option value=\"\(choice.value)\"\(attribute: "selected", isChosen)>\(choice.label)</option>"
        }
        return field(
            name, label, hint: hint,
            """
            <select id="\(id(name))" name="\(name)"\(attribute: "aria-describedby", description(of: name, hint))\
            \(attribute: "aria-invalid", wrong(name))>\(open)\(options)</select>
            """)
    }

    /// Any of several things, each of which can be ticked.
    public func checks(_ legend: String, _ choices: [(name: String, label: String)]) -> HTML {
        let boxes = choices.map { choice -> HTML in
            """
            <div class="choice"><input id="\(id(choice.name))" name="\(choice.name)" type="checkbox" value="yes"\
            \(attribute: "checked", !draft[choice.name].isEmpty)>\
            <label for="\(id(choice.name))">\(choice.label)</label></div>
            """
        }
        return "<fieldset class=\"field\"><legend>\(legend)</legend>\(boxes)</fieldset>"
    }

    /// One of a few things, all to be seen at once. Nothing is chosen beforehand.
    public func options(_ name: String, _ legend: String, _ choices: [(value: String, label: String)]) -> HTML {
        let buttons = choices.enumerated().map { place, choice -> HTML in
            let own = place == 0 ? id(name) : "\(id(name))-\(choice.value)"
            return """
                <div class="choice"><input id="\(own)" name="\(name)" type="radio" value="\(choice.value)"\
                \(attribute: "checked", draft[name] == choice.value)\
                \(attribute: "aria-describedby", description(of: name, nil))>\
                <label for="\(own)">\(choice.label)</label></div>
                """
        }
        return """
            <fieldset class="\(classes(of: name))"><legend>\(legend)</legend>\(told(of: name))\(buttons)</fieldset>
            """
    }

    public func files(_ name: String, _ label: String, hint: String) -> HTML {
        field(
            name, label, hint: hint,
            """
            <input id="\(id(name))" name="\(name)" type="file" multiple\
            \(attribute: "aria-describedby", description(of: name, hint))\(attribute: "aria-invalid", wrong(name))>
            """)
    }

    private func field(_ name: String, _ label: String, hint: String?, _ control: HTML) -> HTML {
        let hinted: HTML? = hint.map { "<p class=\"hint\" id=\"\(id(name))-hint\">\($0)</p>" }
        return """
            <div class="\(classes(of: name))"><label for="\(id(name))">\(label)</label>\
            \(hinted)\(told(of: name))\(control)</div>
            """
    }

    private func classes(of name: String) -> String { fault(of: name) == nil ? "field" : "field field-error" }

    /// What is wrong with a field, beside it.
    private func told(of name: String) -> HTML? {
        fault(of: name).map {
            """
            <p class="error" id="\(id(name))-error"><span class="visually-hidden">\(wording(.errorPrefix)) </span>\($0)</p>
            """
        }
    }

    /// What explains a field to those who do not see its surroundings.
    private func description(of name: String, _ hint: String?) -> String? {
        var ids: [String] = []
        if hint != nil { ids.append("\(id(name))-hint") }
        if fault(of: name) != nil { ids.append("\(id(name))-error") }
        return ids.isEmpty ? nil : ids.joined(separator: " ")
    }

    private func wrong(_ name: String) -> String? { fault(of: name) == nil ? nil : "true" }

    private func fault(of name: String) -> String? { draft.faults.first { $0.field == name }?.text }

    private func id(_ name: String) -> String { "\(form)-\(name)" }
}
