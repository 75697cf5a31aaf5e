import JSON

/// What a program says of whether the team that has a ticket can work with what it was told.
struct SufficiencyRequest: Sendable {
    /// What is missing, as codes of the organisation's needs or in words; nil where it suffices.
    let missing: [String]?

    static var form: JSONForm<SufficiencyRequest> {
        .object { reader in
            let isSufficient = reader.required("sufficient", .boolean)
            let missing = reader.optional("missing", .list(of: .line(length: 1...500), count: 1...50))
            switch (isSufficient, reader.has("missing")) {
            case (true?, true): reader.fault("missing", "must be left out where the information is sufficient")
            case (false?, false): reader.fault("missing", "must say what is missing, so that it can be found out")
            default: break
            }
            return isSufficient.map { SufficiencyRequest(missing: $0 ? nil : missing ?? []) }
        }
    }
}
