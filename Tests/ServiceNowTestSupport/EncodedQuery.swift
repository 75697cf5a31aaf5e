/// A query as the Table API encodes it. What it does not understand it passes over, and so finds too much.
struct EncodedQuery {
    private typealias Condition = @Sendable (ServiceNowInstance.Row) -> Bool

    /// All of which hold, each of several of which one does.
    private var conditions: [[Condition]] = []
    private var order: (field: String, isDescending: Bool)?

    private static let operators = ["!=", ">=", "<=", "=", ">", "<", "STARTSWITH", "ENDSWITH", "LIKE", "IN"]

    init(_ text: String, by traits: ServiceNowInstance.Traits) {
        let columns = ServiceNowInstance.columns.subtracting(traits.hiddenFields)
        for part in text.split(separator: "^") {
            if let field = Self.rest(of: part, after: "ORDERBYDESC") {
                order = (String(field), true)
            } else if let field = Self.rest(of: part, after: "ORDERBY") {
                order = (String(field), false)
            } else if let alternative = Self.rest(of: part, after: "OR"), !conditions.isEmpty {
                if let condition = Self.condition(alternative, columns) {
                    conditions[conditions.count - 1].append(condition)
                }
            } else if let condition = Self.condition(part, columns) {
                conditions.append([condition])
            } else if traits.isStrictAboutQueries {
                conditions.append([{ _ in false }])
            }
        }
    }

    func rows(of table: [ServiceNowInstance.Row]) -> [ServiceNowInstance.Row] {
        let found = table.filter { row in conditions.allSatisfy { $0.contains { $0(row) } } }
        guard let order else { return found }
        let sorted = found.enumerated().sorted { one, other in
            let (left, right) = (one.element[order.field] ?? "", other.element[order.field] ?? "")
            if left == right { return one.offset < other.offset }
            return order.isDescending ? left > right : left < right
        }
        return sorted.map(\.element)
    }

    private static func rest(of part: Substring, after prefix: String) -> Substring? {
        part.hasPrefix(prefix) ? part.dropFirst(prefix.count) : nil
    }

    /// Nil for what names no field or no operator.
    private static func condition(_ part: Substring, _ columns: Set<String>) -> Condition? {
        let field = String(part.prefix { $0.isLowercase || $0.isNumber || $0 == "_" || $0 == "." })
        let rest = part.dropFirst(field.count)
        guard columns.contains(field), let sign = operators.first(where: rest.hasPrefix) else {
            return nil
        }
        let value = String(rest.dropFirst(sign.count))
        return { row in
            let held = row[field] ?? ""
            switch sign {
            case "=": return held == value
            case "!=": return held != value
            case ">=": return held >= value
            case "<=": return held <= value
            case ">": return held > value
            case "<": return held < value
            case "STARTSWITH": return held.hasPrefix(value)
            case "ENDSWITH": return held.hasSuffix(value)
            case "LIKE": return held.contains(value)
            default: return value.split(separator: ",").contains { $0 == held }
            }
        }
    }
}

extension ServiceNowInstance {
    /// The fields that a query may name.
    static let columns = writable.union([
        "sys_id", "number", "priority", "incident_state", "comments", "work_notes", "opened_at", "sys_created_on",
        "sys_created_by", "sys_updated_on", "sys_updated_by", "sys_mod_count", "active", "element_id", "element",
        "name", "value", "table_name", "table_sys_id", "file_name",
    ])
}
