import JSON
import TimeZones

extension Site {
    static func form(_ references: References, zones: @escaping (String) throws -> Zone) -> JSONForm<Site> {
        .object { reader in
            let code = reader.required("code", references.defining(.site, .siteCode))
            let name = reader.required("name", .line())
            let zone = reader.required("zone", JSONForm<String>.line().checked { try zones($0).name })
            let locale = reader.required("locale", .language)
            let languages = reader.required("languages", .list(of: .language, count: 1...50))
            let calendar = reader.required("calendar", references.mentioning(.calendar))
            let addresses = reader.optional("addresses", .list(of: .address, count: 0...100))
            let replyDomain = reader.required("reply_domain", .domain)
            let intake = reader.required("intake", references.mentioning(.position))
            let servedBy = reader.optional("served_by", .list(of: references.mentioning(.site), count: 0...100))
            let letters = reader.optional("letters", LetterTemplates.form)
            guard let code, let name, let zone, let locale, let languages, let calendar, let replyDomain, let intake
            else { return nil }
            return Site(
                code: code, name: name, zone: zone, locale: locale, languages: languages, calendar: calendar,
                addresses: addresses ?? [], replyDomain: replyDomain, intake: intake, servedBy: servedBy ?? [],
                letters: letters ?? LetterTemplates())
        }
    }

    var json: JSON {
        .object([
            "code": code, "name": name, "zone": zone, "locale": locale, "languages": languages, "calendar": calendar,
            "addresses": addresses, "reply_domain": replyDomain, "intake": intake, "served_by": servedBy,
            "letters": letters.json,
        ])
    }
}
