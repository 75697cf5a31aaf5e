import Testing

@testable import Catalogue

@Suite("Saying things")
struct WordingTests {
    @Test("Values stand where the language wants them")
    func values() {
        #expect(Wording(.english)(.ticketHeading, ["number": "OSL-1"]) == "Ticket OSL-1")
        #expect(
            Wording(.polish)(.doneHandedOver, ["team": "T2", "number": "WAW-7"])
                == "Zgłoszenie WAW-7 jest teraz w zespole T2.")
        #expect(Wording(.swedish)(.errorTooLong, ["field": "Ämne", "count": 200]) == "Ämne får ha högst 200 tecken")
    }

    @Test("A page can put markup in the place of a value")
    func pieces() {
        #expect(
            Wording(.norwegian).pieces(.portalSentMail) == [
                .text("Vi har sendt en melding til "), .value("email"), .text(" med en lenke til saken din."),
            ])
        #expect(Wording(.english).pieces(.ticketCount, count: 1) == [.value("count"), .text(" ticket")])
    }

    /// What stands in the database and on the wire.
    private static let wire: [Vocabulary: String] = [
        .absenceReason: "sickness holiday other", .relation: "internal external",
        .availability: "available busy away",
        .channel: "mail web api phone counter chat supplier import",
        .clockState: "running paused met missed cancelled",
        .event: """
        opened changed routed assigned taken handed_over note_added message_sent requester_asked requester_replied \
        put_on_hold resumed referred supplier_acknowledged supplier_noted supplier_asked supplier_answered \
        supplier_returned supplier_resolved recalled supplier_unreachable supplier_escalated \
        resolved reopened closed deadline_near \
        deadline_missed released owner_changed found_sufficient found_insufficient callback_promised callback_made \
        inquired inquiry_answered inquiry_withdrawn offered offer_accepted offer_declined escalated linked unlinked \
        became_child left_parent waits_for_parent merged absorbed split declared_major stood_down announced announcement_changed \
        announcement_ended joined listener_added mentioned terms_changed clocks_reevaluated person_merged means_chosen
        """,
        .automationStop: "goes_in_circles too_long refused",
        .articlePart: "solved_by offered drafted_from", .articleState: "draft published retired",
        .articleUse: "solved offered self_served", .readers: "public internal team",
        .noArticle: "one_off too_simple cause_unknown confidential not_said",
        .fact: """
        kind category impact urgency priority site tier skill team position supplier tag channel recipient text subject body \
        requester_class requester_language requester_site requester_organisation open closed hours
        """,
        .priorityBasis: "matrix rule person",
        .exchangeState: "sent acknowledged in_progress waiting_for_us resolved rejected withdrawn",
        .exchangeTold: "referral answer withdrawal question note change reopening closure escalation",
        .escalation: "lead site organisation",
        .escalationReason: "deadline_missed requester_complained needs_decision lacks_people",
        .link: "related caused_by follow_up split_from",
        .entry: "message call system",
        .reason: "expertise access time_box misrouted shift_end reorganised automation other",
        .holder: "team supplier requester", .impact: "1 2 3", .kind: "incident service_request information_request",
        .mailKind: "request follow_up bounce feedback auto_reply claim duplicate unreadable parked",
        .mailReason: """
        new_request claim_refused requester_answered answered_closed answered_merged desk_answered other_words \
        supplier_answered \
        claim_accepted claim seen_before same_message same_words delivery_report delivery_notification bounce \
        report_in_no_form complaint no_more_mail automatic_answer receipt no_sender own_letter own_address put_aside \
        no_author nothing_in_it unknown_recipient cannot_be_kept too_many
        """,
        .means: "remote visit other",
        .measure: "first_response resolution",
        .notice: """
        assigned handed_over requester_replied supplier_asked supplier_noted supplier_returned supplier_resolved \
        supplier_unreachable reopened resumed deadline_near deadline_missed owned missing inquiry inquiry_answered \
        offered offer_accepted offer_declined escalated major_incident mentioned told listening \
        undelivered
        """,
        .noticeWay: "mail page off",
        .outcome: "solved solved_first_contact worked_around too_costly unrepairable referred withdrawn duplicate",
        .pause: "waiting_requester waiting_supplier waiting_other waiting_parent resolved", .priority: "1 2 3 4 5",
        .refusal: """
        already_opened already_routed is_resolved is_closed is_not_resolved is_with_team_already is_not_waiting \
        is_with_another_team \
        is_with_supplier is_not_with_supplier clocks_stand changes_nothing \
        is_in_the_past nothing_promised has_the_ticket is_asked_already is_not_asked is_not_offered is_confidential \
        is_escalated_already cannot_be_its_own is_merged goes_in_circles is_too_deep has_parts is_major stays_apart was_passed_on is_no_part
        """,
        .reopening: "requester_replied not_solved closed_by_mistake", .role: "agent lead manager administrator",
        .state: "new assigned in_progress waiting_requester waiting_supplier waiting_other resolved closed",
        .supplierField: """
        subject kind category impact urgency priority site requester_name requester_email description note message files \
        file_names
        """,
        .supplierState: "sent acknowledged in_progress waiting_for_us resolved rejected withdrawn", .tier: "1 2 3",
        .urgency: "1 2 3", .visibility: "public internal",
    ]

    @Test("Every word of the wire has words for people", arguments: Vocabulary.allCases)
    func vocabulary(vocabulary: Vocabulary) throws {
        let words = try #require(Self.wire[vocabulary]).split(separator: " ")
        for word in words {
            #expect(vocabulary.phrase(for: word) != nil, "\(vocabulary) \(word)")
        }
        #expect(Set(words.compactMap { Wording(.swedish)(vocabulary, $0) }).count == words.count)
    }

    @Test("A word that nobody has named is shown as it is, a tier beyond the third by its number")
    func unnamed() {
        #expect(Wording(.dutch)(.kind, "problem") == "problem")
        #expect(Wording(.dutch)(.tier, 4) == "Lijn 4")
        #expect(Wording(.dutch)(.tier, 2) == "Tweede lijn")
        #expect(Wording(.dutch)(.state, "in_progress") == "In behandeling")
    }

    @Test("Every letter that the desk owes somebody has a subject and an opening")
    func letters() throws {
        let names = """
            acknowledgement message question supplier_question resolution assigned handed_over requester_replied \
            supplier_asked supplier_noted supplier_returned supplier_resolved supplier_unreachable reopened resumed \
            deadline_near deadline_missed link owned missing callback_promised merged followed_solved inquiry inquiry_answered offered \
            offer_accepted offer_declined escalated major_incident mentioned listening undelivered
            """
        let values: KeyValuePairs<String, any WordingValue> = [
            "number": "OSL-1", "subject": "S", "team": "T", "supplier": "L", "who": "W", "reason": "R", "priority": "P",
            "measure": "M", "time": "Z", "duration": "D", "other": "OSL-2",
        ]
        for name in names.split(separator: " ") {
            let letter = try #require(Phrase.letter(name), "\(name)")
            for language in Language.allCases {
                #expect(Wording(language)(letter.subject, values).contains("OSL-1"), "\(language.tag) \(name)")
                #expect(!Wording(language)(letter.opening, values).contains("{"), "\(language.tag) \(name)")
            }
        }
        #expect(Phrase.letter("love") == nil)
    }
}
