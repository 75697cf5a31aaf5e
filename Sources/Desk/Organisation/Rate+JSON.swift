import JSON
import TimeZones

extension Rates {
    static func form(_ references: References) -> JSONForm<Rates> {
        .object { reader in
            let currency = reader.required("currency", .currency)
            let tier = JSONForm<Int>.integer(1...99).map { Rate.Payee.tier($0) }
            let supplier = references.mentioning(.supplier).map { Rate.Payee.supplier($0) }
            let tiers = reader.optional("tiers", .list(of: Rate.form("tier", tier)))
            let suppliers = reader.optional("suppliers", .list(of: Rate.form("supplier", supplier)))
            guard let currency else { return nil }
            return Rates(currency: currency, tiers: tiers ?? [], suppliers: suppliers ?? [])
        }
    }

    var json: JSON {
        .object(["currency": currency, "tiers": tiers.map(\.json), "suppliers": suppliers.map(\.json)])
    }

    /// Tells what only the whole document shows: a tier that is not there, and two rates for one day.
    func check(levels: Set<Int>, _ faults: inout JSONFaults) {
        for (list, rates) in [("tiers", tiers), ("suppliers", suppliers)] {
            for (place, rate) in rates.enumerated() {
                let pointer = JSONPointer(["rates", list, "\(place)"])
                if case .tier(let level) = rate.payee, !levels.contains(level) {
                    faults.add(pointer.appending("tier"), "there is no tier \(level)")
                }
                if let last = rate.last, last < rate.first {
                    faults.add(
                        pointer.appending("until"), "is the last day of the rate and must not be before \"from\"")
                }
                let other = rates.enumerated().first { other in
                    let isSameDay = other.element.first == rate.first
                    return other.element.claims(beginningOf: rate) && (!isSameDay || other.offset < place)
                }
                if let other {
                    faults.add(
                        pointer.appending("from"),
                        "is a day of another rate for the same work: rates/\(list)/\(other.offset)")
                }
            }
        }
    }
}

extension Rate {
    fileprivate static func form(_ name: String, _ payee: JSONForm<Payee>) -> JSONForm<Rate> {
        .object { reader in
            let payee = reader.required(name, payee)
            let perHour = reader.required("per_hour", .hundredths)
            let first = reader.required("from", .day)
            let last = reader.optional("until", .day)
            guard let payee, let perHour, let first else { return nil }
            return Rate(payee, perHour: perHour, from: first, until: last)
        }
    }

    fileprivate var json: JSON {
        var object = JSONObject()
        switch payee {
        case .tier(let level): object["tier"] = level.json
        case .supplier(let code): object["supplier"] = code.json
        }
        object["per_hour"] = perHour % 100 == 0 ? (perHour / 100).json : (Double(perHour) / 100).json
        object["from"] = first.description.json
        object["until"] = last?.description.json
        return .object(object)
    }
}

extension JSONForm<String> {
    fileprivate static var currency: JSONForm {
        let detail = "must be a currency as ISO 4217 writes it, such as EUR"
        return JSONForm.line(length: 1...64).checked(detail, pattern: "^[A-Z]{3}$") { text in
            text.utf8.count == 3 && text.utf8.allSatisfy { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 } ? text : nil
        }
    }
}

extension JSONForm<Int64> {
    /// An amount of money, as hundredths.
    fileprivate static var hundredths: JSONForm {
        JSONForm<JSONNumber>.number.checked("must be an amount from 0 to 1000000 with at most two decimals") { number in
            number.scaled(by: 2).flatMap { (0...100_000_000).contains($0) ? $0 : nil }
        }
    }
}

extension JSONForm<CivilDate> {
    fileprivate static var day: JSONForm {
        JSONForm<String>.line(length: 1...64).checked(
            "must be a day such as 2026-03-31", pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
        ) { text in CivilDate(text).flatMap { (1900...9000).contains($0.year) ? $0 : nil } }
    }
}
