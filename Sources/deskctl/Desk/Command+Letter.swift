import Administration
import Catalogue
import Desk
import DeskMail
import DeskStore
import Mail
import Runtime

extension Command {
    static let letterPreview = Command(
        words: ["letter", "preview"], summary: "Show a letter of a site as it would go out",
        details: """
            SITE is a site's code, KIND a letter such as acknowledgement, LANGUAGE one of en, sv, nb, nl and pl. The \
            letter is about a ticket that there is not; nothing is sent.
            """,
        operands: ["SITE", "KIND", "LANGUAGE"],
        options: [
            .flag("--html", "the HTML instead of the text"), .flag("--source", "the whole message as it is sent"),
            .value("--organisation", "FILE", "with the templates of a document that is not in force"), .data,
        ]
    ) { invocation in
        guard let code = invocation.operand(0), let word = invocation.operand(1), let tag = invocation.operand(2) else {
            throw CommandFault(
                "SITE, KIND and LANGUAGE are needed.", advice: "deskctl letter preview OSL acknowledgement nb",
                status: .usage)
        }
        guard let kind = Letter(rawValue: word) else {
            throw CommandFault(
                "There is no letter \(word).", advice: Letter.allCases.map(\.rawValue).joined(separator: ", "),
                status: .usage)
        }
        guard let language = Language(rawValue: tag) else {
            throw CommandFault(
                "No letters are written in \(tag).", advice: Letter.languages.joined(separator: ", "), status: .usage)
        }
        let connection = try DeskConnection(invocation)
        let keys = try connection.masterKeys()
        return try await connection.withStore { store in
            let directory = try await store.directory()
            let templates = try document(of: invocation, in: store).map { $0.site(code)?.letters ?? LetterTemplates() }
            guard let site = directory.sites[code] else {
                throw CommandFault("There is no site \(code).", advice: "deskctl export names them.", status: .data)
            }
            let sample = try OwedLetter.sample(
                kind, at: site, templates: templates, in: directory, at: store.timekeeper.now)
            let url = connection.settings["MERIDIAN_PUBLIC_URL"] ?? "https://desk.example"
            let reader = sample.reader.speaking(language.tag)
            let draft = LetterComposer(keys: keys, publicURL: url).draft(
                sample.letter, for: reader, at: store.timekeeper.now)
            guard let draft else { throw CommandFault("The letter cannot be written.", advice: "", status: .software) }
            if invocation.has("--source") {
                Terminal.write(bytes: try MessageWriter.write(draft), to: .output)
            } else {
                Terminal.write(
                    invocation.has("--html") ? draft.html ?? "" : draft.subject + "\n\n" + draft.text, to: .output)
            }
            return .success
        }
    }

    private static func document(of invocation: Invocation, in store: DeskStore) throws -> Organisation? {
        guard let path = invocation.value("--organisation") else { return nil }
        return try telling(faultsIn: path) {
            try OrganisationDocument(try contents(of: path), zones: store.zones).organisation
        }
    }
}
