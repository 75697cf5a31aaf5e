#include "Assets.h"
#include <string.h>

/* `#embed` costs nothing at compile time, where an array literal costs seconds for a few kilobytes. It is a directive, so
   a macro cannot write it: a new file is one declaration below and one row of the table. */

static const unsigned char desk_roles[] = {
#embed "migrations/desk/m0001_roles.sql"
};
static const unsigned char desk_organisation[] = {
#embed "migrations/desk/m0002_organisation.sql"
};
static const unsigned char desk_people[] = {
#embed "migrations/desk/m0003_people.sql"
};
static const unsigned char desk_ticket[] = {
#embed "migrations/desk/m0004_ticket.sql"
};
static const unsigned char desk_ledger[] = {
#embed "migrations/desk/m0005_ledger.sql"
};
static const unsigned char desk_suppliers[] = {
#embed "migrations/desk/m0006_suppliers.sql"
};
static const unsigned char desk_mail[] = {
#embed "migrations/desk/m0007_mail.sql"
};
static const unsigned char desk_visibility[] = {
#embed "migrations/desk/m0008_visibility.sql"
};
static const unsigned char jobs_jobs[] = {
#embed "migrations/jobs/m0001_jobs.sql"
};
static const unsigned char jobs_begun[] = {
#embed "migrations/jobs/m0002_begun.sql"
};
static const unsigned char jobs_pause[] = {
#embed "migrations/jobs/m0003_pause.sql"
};
static const unsigned char jobs_cancel[] = {
#embed "migrations/jobs/m0004_cancel.sql"
};
static const unsigned char jobs_terms[] = {
#embed "migrations/jobs/m0005_terms.sql"
};
static const unsigned char jobs_unique[] = {
#embed "migrations/jobs/m0006_unique.sql"
};
static const unsigned char jobs_limits[] = {
#embed "migrations/jobs/m0007_limits.sql"
};
static const unsigned char jobs_schedules[] = {
#embed "migrations/jobs/m0008_schedules.sql"
};
static const unsigned char jobs_spill[] = {
#embed "migrations/jobs/m0009_spill.sql"
};
static const unsigned char desk_grants[] = {
#embed "migrations/desk/m0009_grants.sql"
};
static const unsigned char desk_figures[] = {
#embed "migrations/desk/m0010_figures.sql"
};
static const unsigned char desk_months[] = {
#embed "migrations/desk/m0018_months.sql"
};
static const unsigned char desk_process[] = {
#embed "migrations/desk/m0014_process.sql"
};
static const unsigned char desk_clocks[] = {
#embed "migrations/desk/m0011_clocks.sql"
};
static const unsigned char desk_holidays[] = {
#embed "migrations/desk/m0015_holidays.sql"
};
static const unsigned char desk_knowledge[] = {
#embed "migrations/desk/m0013_knowledge.sql"
};
static const unsigned char desk_chains[] = {
#embed "migrations/desk/m0021_chains.sql"
};
static const unsigned char desk_escalation[] = {
#embed "migrations/desk/m0022_escalation.sql"
};
static const unsigned char desk_ties[] = {
#embed "migrations/desk/m0017_ties.sql"
};
static const unsigned char desk_notices[] = {
#embed "migrations/desk/m0017_notices.sql"
};
static const unsigned char desk_announcements[] = {
#embed "migrations/desk/m0017_announcements.sql"
};
static const unsigned char desk_routing[] = {
#embed "migrations/desk/m0012_routing.sql"
};
static const unsigned char desk_disturbances[] = {
#embed "migrations/desk/m0026_disturbances.sql"
};
static const unsigned char desk_deadlines[] = {
#embed "migrations/desk/m0023_deadlines.sql"
};
static const unsigned char desk_hold[] = {
#embed "migrations/desk/m0031_hold.sql"
};
static const unsigned char desk_automation[] = {
#embed "migrations/desk/m0027_automation.sql"
};
static const unsigned char desk_access[] = {
#embed "migrations/desk/m0030_access.sql"
};
static const unsigned char desk_address_names[] = {
#embed "migrations/desk/m0030_address_names.sql"
};
static const unsigned char desk_service_figures[] = {
#embed "migrations/desk/m0032_figures.sql"
};
static const unsigned char desk_article_figures[] = {
#embed "migrations/desk/m0032_article_figures.sql"
};
static const unsigned char desk_blob_draft[] = {
#embed "migrations/desk/m0043_blob_draft.sql"
};
static const unsigned char desk_search[] = {
#embed "migrations/desk/m0030_search.sql"
};
static const unsigned char desk_site_tickets[] = {
#embed "migrations/desk/m0030_site_tickets.sql"
};
static const unsigned char desk_category_tickets[] = {
#embed "migrations/desk/m0030_category_tickets.sql"
};
static const unsigned char desk_open_tickets[] = {
#embed "migrations/desk/m0030_open_tickets.sql"
};
static const unsigned char desk_announcement_words[] = {
#embed "migrations/desk/m0036_announcements.sql"
};
static const unsigned char desk_enquiry[] = {
#embed "migrations/desk/m0033_enquiry.sql"
};
static const unsigned char desk_parked_mail[] = {
#embed "migrations/desk/m0033_parked_mail.sql"
};
static const unsigned char desk_entry_html[] = {
#embed "migrations/desk/m0045_entry_html.sql"
};
static const unsigned char desk_entry_originals[] = {
#embed "migrations/desk/m0045_entry_originals.sql"
};
static const unsigned char desk_kept_answers[] = {
#embed "migrations/desk/m0046_kept_answers.sql"
};
static const unsigned char desk_team_tickets[] = {
#embed "migrations/desk/m0030_team_tickets.sql"
};
static const unsigned char desk_mail_bounces[] = {
#embed "migrations/desk/m0040_mail.sql"
};
static const unsigned char desk_mail_message[] = {
#embed "migrations/desk/m0041_mail_message.sql"
};
static const unsigned char desk_mail_kind[] = {
#embed "migrations/desk/m0042_mail_kind.sql"
};
static const unsigned char desk_mail_threads[] = {
#embed "migrations/desk/m0040_threads.sql"
};
static const unsigned char desk_namesakes[] = {
#embed "migrations/desk/m0034_namesakes.sql"
};
static const unsigned char desk_means[] = {
#embed "migrations/desk/m0035_means.sql"
};
static const unsigned char desk_zone_laws[] = {
#embed "migrations/desk/m0035_zone_laws.sql"
};

static const unsigned char desk_delivery[] = {
#embed "migrations/desk/m0047_delivery.sql"
};
static const unsigned char desk_token_use[] = {
#embed "migrations/desk/m0050_token_use.sql"
};
static const unsigned char desk_kept_plans[] = {
#embed "migrations/desk/m0052_kept_plans.sql"
};
static const unsigned char desk_supplier_mail[] = {
#embed "migrations/desk/m0064_supplier_mail.sql"
};
static const unsigned char desk_arriving[] = {
#embed "migrations/desk/m0068_arriving.sql"
};
static const unsigned char desk_clients[] = {
#embed "migrations/desk/m0070_clients.sql"
};
static const unsigned char desk_known_person[] = {
#embed "migrations/desk/m0053_known_person.sql"
};
static const unsigned char desk_waiting_parts[] = {
#embed "migrations/desk/m0038_waiting_parts.sql"
};
static const unsigned char desk_drafts[] = {
#embed "migrations/desk/m0037_drafts.sql"
};
static const unsigned char desk_escalation_levels[] = {
#embed "migrations/desk/m0049_escalation_levels.sql"
};
static const unsigned char desk_entry_translations[] = {
#embed "migrations/desk/m0057_entry_translations.sql"
};
static const unsigned char desk_bonds[] = {
#embed "migrations/desk/m0059_bonds.sql"
};
static const unsigned char desk_bonds_of_ticket[] = {
#embed "migrations/desk/m0060_bonds_of_ticket.sql"
};
static const unsigned char desk_supplier_lines[] = {
#embed "migrations/desk/m0061_supplier_lines.sql"
};
static const unsigned char desk_drafts_at_sign_in[] = {
#embed "migrations/desk/m0058_drafts_at_sign_in.sql"
};
static const unsigned char desk_ticket_owner[] = {
#embed "migrations/desk/m0058_ticket_owner.sql"
};
static const unsigned char desk_ticket_owner_known[] = {
#embed "migrations/desk/m0058_ticket_owner_known.sql"
};
static const unsigned char desk_trouble_tickets[] = {
#embed "migrations/desk/m0065_trouble_tickets.sql"
};
static const unsigned char desk_supplier_portal[] = {
#embed "migrations/desk/m0062_supplier_portal.sql"
};
static const unsigned char desk_portal_words[] = {
#embed "migrations/desk/m0069_portal_words.sql"
};
static const unsigned char desk_supplier_figures[] = {
#embed "migrations/desk/m0073_supplier_figures.sql"
};
static const unsigned char desk_supplier_escalation[] = {
#embed "migrations/desk/m0074_supplier_escalation.sql"
};
static const unsigned char desk_files_to_suppliers[] = {
#embed "migrations/desk/m0075_files_to_suppliers.sql"
};
static const unsigned char desk_supplier_listeners[] = {
#embed "migrations/desk/m0076_supplier_listeners.sql"
};
static const unsigned char desk_between_desks[] = {
#embed "migrations/desk/m0077_between_desks.sql"
};
static const unsigned char desk_mail_access[] = {
#embed "migrations/desk/m0078_mail_access.sql"
};
static const unsigned char desk_mail_access_known[] = {
#embed "migrations/desk/m0079_mail_access_known.sql"
};
static const unsigned char desk_quotations[] = {
#embed "migrations/desk/m0080_quotations.sql"
};
static const unsigned char desk_supplier_session[] = {
#embed "migrations/desk/m0063_supplier_session.sql"
};
static const unsigned char desk_begun_tries[] = {
#embed "migrations/desk/m0051_begun_tries.sql"
};
static const unsigned char desk_shifts[] = {
#embed "migrations/desk/m0019_shifts.sql"
};
static const unsigned char desk_rosters[] = {
#embed "migrations/desk/m0024_rosters.sql"
};
static const unsigned char desk_twins[] = {
#embed "migrations/desk/m0025_people.sql"
};

static const unsigned char desk_bounces[] = {
#embed "migrations/desk/m0028_bounces.sql"
};

static const unsigned char catalogue_en[] = {
#embed "catalogue/en.json"
};
static const unsigned char catalogue_sv[] = {
#embed "catalogue/sv.json"
};
static const unsigned char catalogue_nb[] = {
#embed "catalogue/nb.json"
};
static const unsigned char catalogue_nl[] = {
#embed "catalogue/nl.json"
};
static const unsigned char catalogue_pl[] = {
#embed "catalogue/pl.json"
};

static const unsigned char desk_mail_heads[] = {
#embed "migrations/desk/m0056_mail_heads.sql"
};

/* One file for browsers; the order is that of the cascade. */
static const unsigned char web_desk_css[] = {
#embed "web/desk/tokens.css"
    ,
#embed "web/desk/frame.css"
    ,
#embed "web/desk/forms.css"
    ,
#embed "web/desk/lists.css"
    ,
#embed "web/desk/ticket.css"
    ,
#embed "web/desk/surroundings.css"
};
static const unsigned char web_changes[] = {
#embed "web/changes.js"
};
static const unsigned char web_favicon[] = {
#embed "web/favicon.svg"
};

static const unsigned char example_organisation[] = {
#embed "../../Deploy/example/organisation.json"
};
static const unsigned char example_articles[] = {
#embed "../../Deploy/example/articles.jsonl"
};

#define ROW(path, bytes) {path, bytes, sizeof bytes}

static const struct meridian_asset assets[] = {
    ROW("migrations/jobs/m0001_jobs.sql", jobs_jobs),
    ROW("migrations/jobs/m0002_begun.sql", jobs_begun),
    ROW("migrations/jobs/m0003_pause.sql", jobs_pause),
    ROW("migrations/jobs/m0004_cancel.sql", jobs_cancel),
    ROW("migrations/jobs/m0005_terms.sql", jobs_terms),
    ROW("migrations/jobs/m0006_unique.sql", jobs_unique),
    ROW("migrations/jobs/m0007_limits.sql", jobs_limits),
    ROW("migrations/jobs/m0008_schedules.sql", jobs_schedules),
    ROW("migrations/jobs/m0009_spill.sql", jobs_spill),
    ROW("migrations/desk/m0001_roles.sql", desk_roles),
    ROW("migrations/desk/m0002_organisation.sql", desk_organisation),
    ROW("migrations/desk/m0003_people.sql", desk_people),
    ROW("migrations/desk/m0004_ticket.sql", desk_ticket),
    ROW("migrations/desk/m0005_ledger.sql", desk_ledger),
    ROW("migrations/desk/m0006_suppliers.sql", desk_suppliers),
    ROW("migrations/desk/m0007_mail.sql", desk_mail),
    ROW("migrations/desk/m0008_visibility.sql", desk_visibility),
    ROW("migrations/desk/m0009_grants.sql", desk_grants),
    ROW("migrations/desk/m0010_figures.sql", desk_figures),
    ROW("migrations/desk/m0018_months.sql", desk_months),
    ROW("migrations/desk/m0014_process.sql", desk_process),
    ROW("migrations/desk/m0011_clocks.sql", desk_clocks),
    ROW("migrations/desk/m0019_shifts.sql", desk_shifts),
    ROW("migrations/desk/m0015_holidays.sql", desk_holidays),
    ROW("migrations/desk/m0013_knowledge.sql", desk_knowledge),
    ROW("migrations/desk/m0021_chains.sql", desk_chains),
    ROW("migrations/desk/m0022_escalation.sql", desk_escalation),
    ROW("migrations/desk/m0017_ties.sql", desk_ties),
    ROW("migrations/desk/m0017_notices.sql", desk_notices),
    ROW("migrations/desk/m0017_announcements.sql", desk_announcements),
    ROW("migrations/desk/m0012_routing.sql", desk_routing),
    ROW("migrations/desk/m0024_rosters.sql", desk_rosters),
    ROW("migrations/desk/m0026_disturbances.sql", desk_disturbances),
    ROW("migrations/desk/m0023_deadlines.sql", desk_deadlines),
    ROW("migrations/desk/m0028_bounces.sql", desk_bounces),
    ROW("migrations/desk/m0031_hold.sql", desk_hold),
    ROW("migrations/desk/m0027_automation.sql", desk_automation),
    ROW("migrations/desk/m0025_people.sql", desk_twins),
    ROW("migrations/desk/m0030_access.sql", desk_access),
    ROW("migrations/desk/m0030_team_tickets.sql", desk_team_tickets),
    ROW("migrations/desk/m0030_site_tickets.sql", desk_site_tickets),
    ROW("migrations/desk/m0030_category_tickets.sql", desk_category_tickets),
    ROW("migrations/desk/m0030_open_tickets.sql", desk_open_tickets),
    ROW("migrations/desk/m0030_search.sql", desk_search),
    ROW("migrations/desk/m0030_address_names.sql", desk_address_names),
    ROW("migrations/desk/m0032_figures.sql", desk_service_figures),
    ROW("migrations/desk/m0034_namesakes.sql", desk_namesakes),
    ROW("migrations/desk/m0033_enquiry.sql", desk_enquiry),
    ROW("migrations/desk/m0033_parked_mail.sql", desk_parked_mail),
    ROW("migrations/desk/m0032_article_figures.sql", desk_article_figures),
    ROW("migrations/desk/m0040_mail.sql", desk_mail_bounces),
    ROW("migrations/desk/m0041_mail_message.sql", desk_mail_message),
    ROW("migrations/desk/m0042_mail_kind.sql", desk_mail_kind),
    ROW("migrations/desk/m0035_means.sql", desk_means),
    ROW("migrations/desk/m0035_zone_laws.sql", desk_zone_laws),
    ROW("migrations/desk/m0045_entry_html.sql", desk_entry_html),
    ROW("migrations/desk/m0045_entry_originals.sql", desk_entry_originals),
    ROW("migrations/desk/m0043_blob_draft.sql", desk_blob_draft),
    ROW("migrations/desk/m0040_threads.sql", desk_mail_threads),
    ROW("migrations/desk/m0046_kept_answers.sql", desk_kept_answers),
    ROW("migrations/desk/m0036_announcements.sql", desk_announcement_words),
    ROW("migrations/desk/m0047_delivery.sql", desk_delivery),
    ROW("migrations/desk/m0050_token_use.sql", desk_token_use),
    ROW("migrations/desk/m0038_waiting_parts.sql", desk_waiting_parts),
    ROW("migrations/desk/m0037_drafts.sql", desk_drafts),
    ROW("migrations/desk/m0049_escalation_levels.sql", desk_escalation_levels),
    ROW("migrations/desk/m0057_entry_translations.sql", desk_entry_translations),
    ROW("migrations/desk/m0058_drafts_at_sign_in.sql", desk_drafts_at_sign_in),
    ROW("migrations/desk/m0059_bonds.sql", desk_bonds),
    ROW("migrations/desk/m0060_bonds_of_ticket.sql", desk_bonds_of_ticket),
    ROW("migrations/desk/m0061_supplier_lines.sql", desk_supplier_lines),
    ROW("migrations/desk/m0056_mail_heads.sql", desk_mail_heads),
    ROW("migrations/desk/m0058_ticket_owner.sql", desk_ticket_owner),
    ROW("migrations/desk/m0058_ticket_owner_known.sql", desk_ticket_owner_known),
    ROW("migrations/desk/m0065_trouble_tickets.sql", desk_trouble_tickets),
    ROW("migrations/desk/m0062_supplier_portal.sql", desk_supplier_portal),
    ROW("migrations/desk/m0063_supplier_session.sql", desk_supplier_session),
    ROW("migrations/desk/m0069_portal_words.sql", desk_portal_words),
    ROW("migrations/desk/m0051_begun_tries.sql", desk_begun_tries),
    ROW("migrations/desk/m0052_kept_plans.sql", desk_kept_plans),
    ROW("migrations/desk/m0053_known_person.sql", desk_known_person),
    ROW("migrations/desk/m0064_supplier_mail.sql", desk_supplier_mail),
    ROW("migrations/desk/m0068_arriving.sql", desk_arriving),
    ROW("migrations/desk/m0073_supplier_figures.sql", desk_supplier_figures),
    ROW("migrations/desk/m0070_clients.sql", desk_clients),
    ROW("migrations/desk/m0074_supplier_escalation.sql", desk_supplier_escalation),
    ROW("migrations/desk/m0075_files_to_suppliers.sql", desk_files_to_suppliers),
    ROW("migrations/desk/m0076_supplier_listeners.sql", desk_supplier_listeners),
    ROW("migrations/desk/m0077_between_desks.sql", desk_between_desks),
    ROW("migrations/desk/m0078_mail_access.sql", desk_mail_access),
    ROW("migrations/desk/m0079_mail_access_known.sql", desk_mail_access_known),
    ROW("migrations/desk/m0080_quotations.sql", desk_quotations),
    ROW("web/desk.css", web_desk_css),
    ROW("web/changes.js", web_changes),
    ROW("web/favicon.svg", web_favicon),
    ROW("catalogue/en.json", catalogue_en),
    ROW("catalogue/sv.json", catalogue_sv),
    ROW("catalogue/nb.json", catalogue_nb),
    ROW("catalogue/nl.json", catalogue_nl),
    ROW("catalogue/pl.json", catalogue_pl),
    ROW("example/organisation.json", example_organisation),
    ROW("example/articles.jsonl", example_articles),
};

const struct meridian_asset *meridian_asset_find(const char *path) {
    for (size_t i = 0; i < sizeof assets / sizeof *assets; i++)
        if (strcmp(assets[i].path, path) == 0) return &assets[i];
    return NULL;
}
