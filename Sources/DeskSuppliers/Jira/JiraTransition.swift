public import JSON

/// A way from the status of an issue to another one, as the workflow allows it at this moment. Its id belongs to this
/// workflow alone and is never kept.
public struct JiraTransition: Hashable, Sendable {
    public let id: String
    /// The status that it leads to, and its category.
    public let status: String
    public let category: String?
    /// The fields that must be filled in, by their keys.
    public let required: Set<String>
    /// The resolutions that may be given along; nil where none can be.
    public let resolutions: [String]?

    /// - Returns: nil for what is none, or cannot be gone.
    public init?(reading json: JSON) {
        guard let id = json["id"]?.string, let status = json["to"]?["name"]?.string, json["isAvailable"] != false else {
            return nil
        }
        (self.id, self.status) = (id, status)
        category = json["to"]?["statusCategory"]?["key"]?.string
        let fields = json["fields"]?.object ?? JSONObject()
        required = Set(
            fields.members.filter { $0.value["required"] == true && $0.value["hasDefaultValue"] != true }.map(\.name))
        resolutions = fields["resolution"].map {
            ($0["allowedValues"]?.array ?? []).compactMap { $0["name"]?.string }
        }
    }
}
