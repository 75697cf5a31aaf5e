extension Rule {
    private static let features: Set<Substring> = [
        "Intake", "Portal", "SupplierPortal", "Workspace", "Administration", "Routing", "Suppliers", "Reporting",
    ]
    private static let belowTheDesk: Set<Substring> = [
        "HTTP", "Mail", "HTML", "JSON", "Jobs", "Secrets", "TimeZones", "ICalendar",
        "Moments", "Runtime", "Sockets", "Postgres",
        "LocalCluster",
    ]

    /// Who may know whom.
    static let arrows: [Rule] = [
        imports("A feature never imports a feature") { file, module in
            file.isSource && features.contains(file.module) && features.contains(module)
        },
        imports("Tools and ground know nothing of desks") { file, module in
            file.isSource && belowTheDesk.contains(file.module)
                && (module.hasPrefix("Desk") || module == "Catalogue" || features.contains(module))
        },
        imports("The rules of the desk are pure") { file, module in
            let allowed = ["Synchronization", "Foundation", "FoundationEssentials", "JSON", "Moments", "TimeZones"]
            return file.isSource && file.module == "Desk" && !allowed.contains { $0 == module }
        },
        imports("The product does not carry its tests' library") { file, module in
            file.isSource && (module == "Testing" || module == "XCTest")
        },
        imports("Foundation's networking is not used: it refuses valid answers and does not link statically") {
            $1 == "FoundationNetworking"
        },
    ]

    private static func imports(
        _ sentence: String, isWrong: @escaping @Sendable (SourceFile, Substring) -> Bool
    ) -> Rule {
        Rule(sentence) { file in
            file.imports.filter { isWrong(file, $0) }.map {
                Finding(line: 1, fault: "\(file.module) imports \($0)")
            }
        }
    }
}
