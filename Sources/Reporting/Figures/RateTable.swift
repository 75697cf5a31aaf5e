import Desk
import DeskStore
import Postgres
import TimeZones

/// The rates in force as a relation of the database.
struct RateTable: Sendable {
    /// Nil where the organisation says of no work what it costs.
    let currency: String?
    private var holders: [String] = []
    private var payees: [Int64] = []
    private var amounts: [Int64] = []
    private var firsts: [String] = []
    private var lasts: [String] = []

    init(_ directory: Directory) {
        let rates = directory.organisation.rates
        currency = rates?.currency
        for (rate, last) in rates?.inForce ?? [] {
            switch rate.payee {
            case .tier(let level):
                holders.append(Holder.Kind.team.rawValue)
                payees.append(Int64(level))
            case .supplier(let code):
                guard let supplier = directory.suppliers[code] else { continue }
                holders.append(Holder.Kind.supplier.rawValue)
                payees.append(supplier.rawValue)
            }
            amounts.append(rate.perHour)
            firsts.append(rate.first.description)
            lasts.append(last?.description ?? "infinity")
        }
    }

    /// With a holder, the tier or the supplier, hundredths of the currency for an hour, and the first and last day.
    var relation: SQL {
        """
        (select h as holder, p as payee, a as per_hour, f::date as first, l::date as last
        from unnest(\(holders)::text[], \(payees)::int8[], \(amounts)::int8[], \(firsts)::text[], \(lasts)::text[])
            u(h, p, a, f, l))
        """
    }
}
