import Assets
import Jobs
public import Postgres

/// Every migration of a desk's database in the one order in which they run: the queue's tables and the desk's.
///
/// A file that is not listed here does not exist. The list only grows at its end.
public let deskSchema: [Migration] = numbered(
    [("jobs", jobsMigrations[0].script)] + [
        desk("roles", "m0001_roles"),
        desk("organisation", "m0002_organisation"),
        desk("people", "m0003_people"),
        desk("ticket", "m0004_ticket"),
        desk("ledger", "m0005_ledger"),
        desk("suppliers", "m0006_suppliers"),
        desk("mail", "m0007_mail"),
        desk("visibility", "m0008_visibility"),
        desk("grants", "m0009_grants"),
        desk("figures", "m0010_figures"),
        desk("months", "m0018_months"),
        desk("process", "m0014_process"),
        desk("clocks", "m0011_clocks"),
        desk("shifts", "m0019_shifts"),
        desk("holidays", "m0015_holidays"),
        desk("knowledge", "m0013_knowledge"),
        desk("chains", "m0021_chains"),
        desk("escalation", "m0022_escalation"),
        desk("ties", "m0017_ties"),
        desk("notices", "m0017_notices"),
        desk("announcements", "m0017_announcements"),
        desk("routing", "m0012_routing"),
        desk("rosters", "m0024_rosters"),
        desk("disturbances", "m0026_disturbances"),
        desk("deadlines", "m0023_deadlines"),
        desk("bounces", "m0028_bounces"),
        desk("hold", "m0031_hold"),
        desk("automation", "m0027_automation"),
        desk("twins", "m0025_people"),
        desk("access", "m0030_access"),
        desk("tickets of a team", "m0030_team_tickets"),
        desk("names of addresses", "m0030_address_names"),
        desk("tickets of a site", "m0030_site_tickets"),
        desk("tickets of a category", "m0030_category_tickets"),
        desk("open tickets", "m0030_open_tickets"),
        desk("search", "m0030_search"),
        desk("service figures", "m0032_figures"),
        desk("namesakes", "m0034_namesakes"),
        desk("enquiries", "m0033_enquiry"),
        desk("parked mail", "m0033_parked_mail"),
        desk("figures of articles", "m0032_article_figures"),
        desk("what reports say", "m0040_mail"),
        desk("mail by its message", "m0041_mail_message"),
        desk("mail by its kind", "m0042_mail_kind"),
        desk("means", "m0035_means"),
        desk("laws of zones", "m0035_zone_laws"),
        desk("html of entries", "m0045_entry_html"),
        desk("originals of entries", "m0045_entry_originals"),
        desk("uploads in pieces", "m0043_blob_draft"),
        desk("threads of mail", "m0040_threads"),
        desk("kept answers", "m0046_kept_answers"),
        desk("words of announcements", "m0036_announcements"),
        desk("deliveries", "m0047_delivery"),
        desk("use of tokens", "m0050_token_use"),
        desk("waiting parts", "m0038_waiting_parts"),
        desk("drafts of requests", "m0037_drafts"),
        desk("levels of escalation", "m0049_escalation_levels"),
        desk("translations of entries", "m0057_entry_translations"),
        desk("drafts at sign-in", "m0058_drafts_at_sign_in"),
        desk("heads of mail", "m0056_mail_heads"),
        desk("owners of tickets", "m0058_ticket_owner"),
        desk("owners of all tickets", "m0058_ticket_owner_known"),
        desk("trouble tickets of suppliers", "m0065_trouble_tickets"),
        desk("tries that were begun", "m0051_begun_tries"),
        desk("plans that are kept", "m0052_kept_plans"),
        desk("known people", "m0053_known_person"),
        queue(2),
        queue(3),
        queue(4),
        queue(5),
        queue(6),
        queue(7),
        queue(8),
        queue(9),
        desk("mail of suppliers", "m0064_supplier_mail"),
        desk("the portal of suppliers", "m0062_supplier_portal"),
        desk("sessions of suppliers", "m0063_supplier_session"),
        desk("bonds", "m0059_bonds"),
        desk("bonds of a ticket", "m0060_bonds_of_ticket"),
        desk("lines to suppliers", "m0061_supplier_lines"),
        desk("what the portal shows of words", "m0069_portal_words"),
        desk("who writes", "m0068_arriving"),
        desk("figures of suppliers", "m0073_supplier_figures"),
        desk("desks that give us tickets", "m0070_clients"),
        desk("escalation at suppliers", "m0074_supplier_escalation"),
        desk("files to suppliers", "m0075_files_to_suppliers"),
        desk("supplier listeners", "m0076_supplier_listeners"),
        desk("between desks", "m0077_between_desks"),
        desk("who sees mail", "m0078_mail_access"),
        desk("who sees all mail", "m0079_mail_access_known"),
        desk("quotations to suppliers", "m0080_quotations"),
    ])

private func numbered(_ scripts: [(name: String, script: String)]) -> [Migration] {
    scripts.enumerated().map { Migration(number: $0.offset + 1, name: $0.element.name, script: $0.element.script) }
}

/// A later step of the queue's own, by its number there.
private func queue(_ number: Int) -> (name: String, script: String) {
    let migration = jobsMigrations[number - 1]
    return (migration.name, migration.script)
}

private func desk(_ name: String, _ file: String) -> (name: String, script: String) {
    guard let asset = meridian_asset_find("migrations/desk/\(file).sql") else {
        preconditionFailure("the migration \(file) is not among the embedded files")
    }
    let bytes = UnsafeBufferPointer(start: asset.pointee.bytes, count: asset.pointee.length)
    return (name, String(decoding: bytes, as: UTF8.self))
}
