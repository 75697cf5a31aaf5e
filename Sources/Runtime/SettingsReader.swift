/// Reads a program's settings from its environment, collects *all* faults, and knows every setting for `--help`.
///
/// A program reads all its settings unconditionally and then calls `finish`. A setting that is set to nothing counts as
/// not set.
public struct SettingsReader {
    private let lookup: (String) -> String?
    private let isDescribing: Bool
    private(set) var descriptions: [SettingDescription] = []
    private(set) var faults: [String] = []

    /// A reader of the settings that `lookup` knows, by default the environment of the process.
    public init(lookup: @escaping (String) -> String? = SettingsReader.environment) {
        self.lookup = lookup
        isDescribing = false
    }

    /// A reader that only learns which settings there are; its `finish` always throws.
    init(describing: Void) {
        lookup = { _ in nil }
        isDescribing = true
    }

    // MARK: - Reading

    /// A setting without which the program cannot start; nil if there is a fault.
    ///
    /// - Parameters:
    ///   - name: the name of the variable.
    ///   - sentence: what it is for, a whole sentence for `--help`.
    ///   - kind: what a right value is, to stand after "is not": "a port number".
    ///   - parse: makes the value; nil or an error mean that the text is not of that kind, an error is told as well.
    public mutating func require<Value>(
        _ name: String, _ sentence: String, _ kind: String, _ parse: (String) throws -> Value?
    ) -> Value? {
        describe(name, sentence, .required)
        guard let text = value(of: name) else {
            fault("\(name) is not set. \(sentence) Try: set it to \(kind).")
            return nil
        }
        return parsed(name, text, kind, parse)
    }

    /// A setting that has a default, which is also the answer if there is a fault.
    ///
    /// - Parameter shown: the default as `--help` shows it.
    public mutating func read<Value>(
        _ name: String, default standard: Value, shown: String? = nil, _ sentence: String, _ kind: String,
        _ parse: (String) throws -> Value?
    ) -> Value {
        describe(name, sentence, .standard(shown ?? "\(standard)"))
        guard let text = value(of: name) else { return standard }
        return parsed(name, text, kind, parse) ?? standard
    }

    /// A setting that may be missing; nil if it is or if there is a fault.
    public mutating func optional<Value>(
        _ name: String, _ sentence: String, _ kind: String, _ parse: (String) throws -> Value?
    ) -> Value? {
        describe(name, sentence, .optional)
        guard let text = value(of: name) else { return nil }
        return parsed(name, text, kind, parse)
    }

    /// A switch: `yes`, `true`, `on`, `1` or `no`, `false`, `off`, `0`.
    public mutating func flag(_ name: String, default standard: Bool, _ sentence: String) -> Bool {
        read(name, default: standard, shown: standard ? "yes" : "no", sentence, "yes or no") { text in
            switch text.lowercased() {
            case "yes", "true", "on", "1": true
            case "no", "false", "off", "0": false
            default: nil
            }
        }
    }

    /// A setting whose value is never shown, given as `NAME` or, as the contents of a file, by `NAME_FILE`; nil if it
    /// is missing or if there is a fault. One line break at the end of the file does not count.
    ///
    /// - Parameter isRequired: whether the program cannot start without it.
    public mutating func secret<Value>(
        _ name: String, isRequired: Bool = true, _ sentence: String, _ kind: String,
        _ parse: (String) throws -> Value?
    ) -> Value? {
        describe("\(name), \(name)_FILE", sentence, isRequired ? .required : .optional)
        let text: String
        switch (value(of: name), value(of: "\(name)_FILE")) {
        case (nil, nil):
            if isRequired {
                fault("\(name) is not set. \(sentence) Try: set it or \(name)_FILE to \(kind).")
            }
            return nil
        case (.some, .some):
            fault("\(name) and \(name)_FILE are both set. Try: keep one of them.")
            return nil
        case (let direct?, nil):
            text = direct
        case (nil, let path?):
            guard let contents = SecretFile.read(path, for: name, into: &faults) else { return nil }
            text = contents
        }
        return parsed(name, text, kind, isSecret: true, parse)
    }

    /// Adds a fault that no single value shows: two settings that contradict one another.
    public mutating func fault(_ sentence: String) {
        faults.append(sentence)
    }

    /// The finished settings.
    ///
    /// - Parameter make: makes them of the values; nil is right only where a fault has been noted.
    /// - Throws: ``SettingsFaults`` with every fault.
    public func finish<Settings>(_ make: () -> Settings?) throws(SettingsFaults) -> Settings {
        guard !isDescribing, faults.isEmpty, let settings = make() else { throw SettingsFaults(faults: faults) }
        return settings
    }

    // MARK: - Inside

    private func value(of name: String) -> String? {
        guard !isDescribing, let text = lookup(name), !text.isEmpty else { return nil }
        return text
    }

    private mutating func describe(_ name: String, _ sentence: String, _ need: SettingDescription.Need) {
        descriptions.append(SettingDescription(name: name, sentence: sentence, need: need))
    }

    private mutating func parsed<Value>(
        _ name: String, _ text: String, _ kind: String, isSecret: Bool = false, _ parse: (String) throws -> Value?
    ) -> Value? {
        let shown = isSecret ? "has a value (not shown)" : "is \"\(text)\""
        do {
            if let value = try parse(text) { return value }
            fault("\(name) \(shown), which is not \(kind).")
        } catch {
            fault("\(name) \(shown), which is not \(kind): \(error).")
        }
        return nil
    }
}
