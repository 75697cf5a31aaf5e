import DeskWeb
import HTML

extension ServiceReport: Report {
    var name: ReportName { .service }

    func content(_ names: Names, for manager: Manager) -> HTML {
        let tables = ServiceTables(report: self, names: names)
        return """
            \(tables.headline)
            \(DaysChart(columns: columns, wording: names.wording).html)
            \(tables.counts)
            \(tables.times)
            \(tables.held)
            """
    }
}
