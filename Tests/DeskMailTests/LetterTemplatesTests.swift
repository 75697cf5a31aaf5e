import Catalogue
import Desk
import DeskTestSupport
import JSON
import Mail
import Moments
import Postgres
import PostgresTestSupport
import Secrets
import Testing
import TimeZones

@testable import DeskMail
@testable import DeskStore

@Suite("Letters in a site's own words", .database(template: TestDesk.template))
struct LetterTemplatesTests {
    private let composer = LetterComposer(
        keys: MasterKeys(id: "1", key: SecretKey(bytes: Array(repeating: 1, count: 32))),
        publicURL: "https://desk.example")

    /// The example organisation with templates for its first site.
    private func organisation(_ letters: [String: [String: [String: String]]]) throws -> Organisation {
        try TestDesk.organisation { document in
            var sites = document["sites"] as? [[String: Any]] ?? []
            sites[0]["letters"] = letters
            document["sites"] = sites
        }
    }

    /// Everything that is wrong with templates, each with its place.
    private func faults(_ letters: [String: [String: [String: String]]]) -> [String] {
        do {
            _ = try organisation(letters)
            return []
        } catch {
            return ((error as? JSONFaults)?.list ?? []).map { "\($0.pointer): \($0.detail)" }
        }
    }

    private func letter(_ kind: Letter, _ templates: LetterTemplates?) async throws -> (OwedLetter, PersonRecord) {
        let directory = try await TestDesk().store.directory()
        let site = try #require(directory.sites["OSL"])
        let sample = try OwedLetter.sample(kind, at: site, templates: templates, in: directory, at: TestDesk.monday)
        return (sample.letter, sample.reader)
    }

    @Test("Every letter can be seen in every language before any is sent, and every value that it names is allowed")
    func samples() async throws {
        #expect(Set(Letter.languages) == Set(Language.allCases.map(\.tag)))
        for kind in Letter.allCases {
            let (sample, reader) = try await letter(kind, nil)
            for language in Language.allCases {
                let draft = try #require(
                    composer.draft(sample, for: reader.speaking(language.tag), at: TestDesk.monday))
                #expect(draft.subject.contains("OSL-10432") && !draft.text.contains("{"), "\(kind.rawValue)")
                let phrases = try #require(Catalogue.Phrase.letter(kind.rawValue))
                for phrase in [phrases.subject, phrases.opening] {
                    for case .value(let name) in Wording(language).pieces(phrase) {
                        #expect(kind.values.contains(name), "{\(name)} in \(kind.rawValue) in \(language.rawValue)")
                    }
                }
            }
        }
    }

    @Test("A site's own words take the place of the desk's, part by part and in that language alone")
    func own() async throws {
        let templates = LetterTemplates([
            .acknowledgement: [
                "nb": LetterTemplate(subject: "[{number}] Takk! {subject}"),
                "en": LetterTemplate(opening: "Thank you.\n\nYour number is {number}, with {team}."),
            ]
        ])
        let (sample, reader) = try await letter(.acknowledgement, templates)
        func draft(_ language: String) throws -> (subject: String, text: String) {
            let draft = try #require(composer.draft(sample, for: reader.speaking(language), at: TestDesk.monday))
            return (draft.subject, draft.text)
        }
        let norwegian = try draft("nb")
        #expect(norwegian.subject == "[OSL-10432] Takk! The printer is on fire")
        #expect(norwegian.text.contains("OSL-10432"), "the desk's own opening")
        let english = try draft("en")
        #expect(english.subject == "[OSL-10432] Received: The printer is on fire")
        #expect(english.text.contains("Thank you.\n\nYour number is OSL-10432, with "))
        #expect(try !draft("sv").text.contains("Thank you."))
    }

    @Test("Faults of a template are faults of the document, all at once and each with its place")
    func faults() {
        let unknown = faults([
            "acknowledgement": ["nb": ["opening": "Hei"], "de": ["opening": "Danke"]],
            "welcome": ["en": ["opening": "Hi"]],
        ])
        #expect(unknown.count == 2, "\(unknown)")
        #expect(unknown.contains { $0.hasPrefix("/sites/0/letters/acknowledgement/de: ") }, "\(unknown)")
        #expect(unknown.contains { $0.hasPrefix("/sites/0/letters/welcome: ") }, "\(unknown)")

        let unfit = faults([
            "acknowledgement": ["nb": ["subject": "Takk", "opening": "Hei {nummer}"]],
            "assigned": ["en": ["opening": "{number"]],
        ])
        #expect(unfit.count == 3, "\(unfit)")
        #expect(unfit.contains { $0.hasPrefix("/sites/0/letters/acknowledgement/nb/subject: must hold [{number}]") })
        #expect(unfit.contains { $0.contains("did you mean {number}?") })
        #expect(unfit.contains { $0.hasPrefix("/sites/0/letters/assigned/en/opening: has a brace") })
    }

    @Test("What was applied is exported as it was")
    func roundTrip() throws {
        let applied = try organisation(["acknowledgement": ["nb": ["subject": "[{number}] Takk", "opening": "Hei."]]])
        #expect(applied.sites[0].letters[.acknowledgement, "nb"]?.opening == "Hei.")
        #expect(try Organisation(json: applied.json) { try TestDesk.zones.zone($0) } == applied)
        #expect(try organisation([:]).json == TestDesk.exampleOrganisation().json)
    }
}
