extension JSON {
    /// The value after a merge patch (RFC 7396): members of the patch replace, null takes away, objects merge.
    public func merged(with patch: JSON) -> JSON {
        guard case .object(let changes) = patch else { return patch }
        var target = object ?? JSONObject()
        for change in changes {
            target[change.name] = change.value.isNull ? nil : (target[change.name] ?? .null).merged(with: change.value)
        }
        return .object(target)
    }
}
