public import JSON
public import TimeZones

extension Organisation {
    /// Reads a document and checks that everything in it fits together.
    ///
    /// - Parameter zones: answers with the zone of a name, or throws what to tell about it.
    /// - Throws: everything that is wrong with the document, each with its place.
    public init(json: JSON, zones: @escaping (String) throws -> Zone) throws(JSONFaults) {
        let references = References()
        var faults = JSONFaults()
        do {
            self = try json.read(Self.form(references, zones: zones))
            OrganisationCheck(self).run(&faults)
            references.check(&faults)
        } catch {
            faults = error
            references.check(&faults)
            throw faults
        }
        if !faults.isEmpty { throw faults }
    }

    /// What a document looks like, as far as a schema can say it: codes that stand for nothing and rules that
    /// contradict one another are found by reading only.
    public static var schema: JSON {
        let form = form(References()) { name in throw UnknownZone(name: name) }
        return form.schema.document(title: "The organisation of a desk")
    }

    /// No zone is asked for while only the form is described.
    private struct UnknownZone: Error {
        let name: String
    }

    private static func form(
        _ references: References, zones: @escaping (String) throws -> Zone
    ) -> JSONForm<Organisation> {
        .object { reader in
            let name = reader.required("name", .line())
            let defaultSite = reader.required("default_site", references.mentioning(.site))
            let modules = reader.optional("modules", JSONForm<[Module]>.list(of: .word()))
            let tiers = reader.required("tiers", .list(of: Tier.form(), count: 1...99))
            let calendars = reader.required("calendars", Self.calendars(references, zones: zones))
            let sites = reader.required("sites", .list(of: Site.form(references, zones: zones), count: 1...10_000))
            let teams = reader.required("teams", .list(of: Team.form(references), count: 1...10_000))
            let positions = reader.required("positions", .list(of: Position.form(references), count: 1...100_000))
            let people = reader.optional("people", .list(of: Person.form(references), count: 0...100_000))
            let categories = reader.optional("categories", .list(of: Category.form(references)))
            let matrix = reader.optional("priorities", PriorityMatrix.form)
            let targets = reader.optional("targets", .list(of: Target.form(references)))
            let rules = reader.optional("routing", .list(of: RoutingRule.form(references)))
            let suppliers = reader.optional("suppliers", .list(of: Supplier.form(references)))
            let process = reader.optional("process", ProcessRules.form)
            let shifts = reader.optional("shifts", .list(of: ShiftRule.form(references)))
            let needs = reader.optional("needs", .list(of: Need.form(references)))
            let automation = reader.optional("automation", .list(of: AutomationRule.form(references), count: 0...1000))
            let macros = reader.optional("macros", .list(of: Macro.form(references), count: 0...1000))
            let rates = reader.optional("rates", Rates.form(references))
            guard let name, let defaultSite, let tiers, let calendars, let sites, let teams, let positions else {
                return nil
            }
            return Organisation(
                name: name, defaultSite: defaultSite, modules: modules ?? [], tiers: tiers, calendars: calendars,
                sites: sites, teams: teams, positions: positions, people: people ?? [], categories: categories ?? [],
                matrix: matrix ?? .standard, targets: targets ?? [], routing: RoutingTable(rules: rules ?? []),
                suppliers: suppliers ?? [], process: process ?? ProcessRules(), shifts: shifts ?? [],
                needs: needs ?? [], automation: Automation(rules: automation ?? [], macros: macros ?? []), rates: rates)
        }
    }

    private static func calendars(
        _ references: References, zones: @escaping (String) throws -> Zone
    ) -> JSONForm<[String: CalendarDefinition]> {
        JSONForm<[(name: String, value: CalendarDefinition)]>
            .members(
                names: references.defining(.calendar, .code), values: CalendarDefinition.form(zones: zones),
                count: 1...10_000
            )
            .map { members in Dictionary(members.map { ($0.name, $0.value) }) { first, _ in first } }
    }
}

extension PriorityMatrix {
    static var form: JSONForm<PriorityMatrix> {
        let row = JSONForm<[Priority]>.list(of: .grade(), count: 3...3)
        return JSONForm<[[Priority]]>.list(of: row, count: 3...3)
            .checked("must be three rows of three priorities: rows by impact, columns by urgency") {
                PriorityMatrix(rows: $0)
            }
    }
}
