import DeskTestSupport

/// A program that a desk under test consists of.
enum ProgramName: String, CaseIterable, Sendable {
    case catcher = "mail-catcher"
    case supplier = "example-supplier"
    case intakeGateway = "intake-gateway"
    case routingWorker = "routing-worker"
    case supplierWorker = "supplier-worker"
    case reportingService = "reporting-service"

    /// The four that are the desk; the others stand for the world around it.
    static let ofDesk: [ProgramName] = [.intakeGateway, .routingWorker, .supplierWorker, .reportingService]

    /// The database role of a program of the desk.
    var role: String? {
        switch self {
        case .catcher, .supplier: nil
        case .intakeGateway: "meridian_intake"
        case .routingWorker: "meridian_routing"
        case .supplierWorker: "meridian_supplier"
        case .reportingService: "meridian_reporting"
        }
    }

    /// The executable, which the build puts beside the tests.
    var executable: String {
        get throws { try BuiltProgram.path(of: rawValue) }
    }
}
