public import JSON
import Moments

/// Checks values against a JSON Schema, as far as our schemas go; a keyword that is not known here is a fault of the
/// schema.
public struct SchemaCheck {
    /// The document into which references point.
    private let document: JSON
    private var faults: [String] = []
    /// Compiled once, which takes longer than the rest.
    private var patterns: [JSON: Regex<AnyRegexOutput>] = [:]

    public init(in document: JSON = .null) { self.document = document }

    /// What is wrong with a value by a schema.
    public static func faults(_ value: JSON, by schema: JSON) throws -> [String] {
        var check = SchemaCheck()
        return try check.faults(value, by: schema)
    }

    /// What is wrong with the value by the schema.
    public mutating func faults(_ value: JSON, by schema: JSON) throws -> [String] {
        let before = faults
        defer { faults = before }
        faults = []
        try look(at: value, by: schema, "")
        return faults
    }

    private mutating func look(at value: JSON, by schema: JSON, _ place: String) throws {
        if schema == true { return }
        if schema == false { return fault(place, "is not allowed") }
        for keyword in schema.object ?? JSONObject() {
            try look(at: value, by: schema, keyword.name, keyword.value, place)
        }
    }

    private mutating func look(
        at value: JSON, by schema: JSON, _ keyword: String, _ wanted: JSON, _ place: String
    ) throws {
        let length = value.string.map { Int64($0.unicodeScalars.count) }
        let elements = value.array.map { Int64($0.count) }
        let members = value.object.map { Int64($0.count) }
        switch keyword {
        case "$schema", "title", "description": break
        case "$ref": try look(at: value, by: target(of: wanted), place)
        case "format": if !Self.fits(value, wanted.string ?? "") { fault(place, "is no \(wanted.text)") }
        case "type": if !Self.isKind(value, wanted.string ?? "") { fault(place, "is no \(wanted.text)") }
        case "enum": if wanted.array?.contains(value) != true { fault(place, "is none of the words") }
        case "pattern":
            let pattern = try patterns[wanted] ?? Regex(wanted.string ?? "(")
            patterns[wanted] = pattern
            if let text = value.string, text.firstMatch(of: pattern) == nil { fault(place, "does not look right") }
        case "minLength", "minItems", "minProperties":
            let count = ["minLength": length, "minItems": elements, "minProperties": members][keyword] ?? nil
            if let count, count < wanted.integer ?? .max { fault(place, "is too short") }
        case "maxLength", "maxItems", "maxProperties":
            let count = ["maxLength": length, "maxItems": elements, "maxProperties": members][keyword] ?? nil
            if let count, count > wanted.integer ?? .min { fault(place, "is too long") }
        case "minimum": if let number = value.double, number < wanted.double ?? .infinity { fault(place, "is too low") }
        case "maximum":
            if let number = value.double, number > wanted.double ?? -.infinity { fault(place, "is too high") }
        case "items":
            for (index, element) in (value.array ?? []).enumerated() {
                try look(at: element, by: wanted, "\(place)/\(index)")
            }
        case "required":
            for name in wanted.array ?? [] where value.object != nil && value[name.string ?? ""] == nil {
                fault("\(place)/\(name.string ?? "")", "is required")
            }
        case "properties":
            for member in value.object ?? JSONObject() {
                if let schema = wanted[member.name] {
                    try look(at: member.value, by: schema, "\(place)/\(member.name)")
                }
            }
        case "additionalProperties":
            for member in value.object ?? JSONObject() where schema["properties"]?[member.name] == nil {
                try look(at: member.value, by: wanted, "\(place)/\(member.name)")
            }
        case "propertyNames":
            for member in value.object ?? JSONObject() {
                try look(at: .string(member.name), by: wanted, "\(place)/\(member.name)")
            }
        case "anyOf":
            var fits = false
            for schema in wanted.array ?? [] where !fits { fits = try faults(value, by: schema).isEmpty }
            if !fits { fault(place, "fits none of the ways to write it") }
        default: fault(place, "is described by the unknown keyword \(keyword)")
        }
    }

    /// What a reference names; nothing fits what is not there.
    private func target(of reference: JSON) -> JSON {
        (reference.string ?? "").split(separator: "/").dropFirst()
            .reduce(JSON?.some(document)) { $0?[String($1)] } ?? false
    }

    private static func fits(_ value: JSON, _ format: String) -> Bool {
        guard let text = value.string else { return true }
        return switch format {
        case "date-time": Moment(rfc3339: text) != nil
        case "email": text.contains("@")
        case "uuid": text.lowercased().wholeMatch(of: /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/) != nil
        default: false
        }
    }

    private mutating func fault(_ place: String, _ detail: String) { faults.append("\(place) \(detail)") }

    private static func isKind(_ value: JSON, _ kind: String) -> Bool {
        switch kind {
        case "null": value.isNull
        case "boolean": value.bool != nil
        case "integer": value.integer != nil
        case "number": value.number != nil
        case "string": value.string != nil
        case "array": value.array != nil
        case "object": value.object != nil
        default: false
        }
    }
}
