import Catalogue
import Desk
import DeskStore
import DeskWeb
import Foundation
import HTML
import HTTP

/// A request that is kept while its sender reads what may already answer it: a browser cannot keep its files.
struct KeptRequest {
    let draft: RequestDraft
    /// The files that are to be sent along.
    let wanted: Set<Int64>

    /// The field of the form that names them.
    static let wantedField = "keep"

    init(_ draft: RequestDraft) { (self.draft, wanted) = (draft, Set(draft.files.map(\.id))) }

    /// As the form says that was sent on.
    init(_ draft: RequestDraft, sentOn form: SentForm) {
        let named = Set(form.values.all(Self.wantedField).compactMap { Int64($0) })
        (self.draft, wanted) = (draft, named.intersection(draft.files.map(\.id)))
    }

    var uploads: [Upload] { draft.files.filter { wanted.contains($0.id) }.map(\.upload) }

    var place: Link { Self.place(of: draft.identity) }

    static func place(of identity: UUID) -> Link { "/drafts/\(identity.uuidString.lowercased())" }

    /// What of a form is kept, as a form carries it.
    static func fields(of draft: Draft) -> String {
        var fields = Query()
        for name in ["email", "name", "subject", "text", "site"] { fields.append(name, draft[name]) }
        return fields.encoded
    }

    /// The hidden field by which a form tells which one it is about.
    var field: HTML {
        "<input type=\"hidden\" name=\"draft\" value=\"\(draft.identity.uuidString.lowercased())\">"
    }

    /// The files by name, each with the way to leave it out.
    func html(_ wording: Wording) -> HTML {
        let boxes = draft.files.map { file -> HTML in
            let size = wording.size(bytes: Int(file.upload.content.size))
            return """
                <div class="choice"><input id="ask-keep-\(file.id)" name="\(Self.wantedField)" type="checkbox"\
                 value="\(file.id)" checked><label for="ask-keep-\(file.id)"><bdi>\
                \(wording(.fileSize, ["name": file.upload.name, "size": size]))</bdi></label></div>
                """
        }
        if boxes.isEmpty { return field }
        return """
            \(field)<fieldset class="field" aria-describedby="ask-keep-hint"><legend>\(wording(.draftFiles))</legend>\
            <p class="hint" id="ask-keep-hint">\(wording(.draftFilesHint))</p>\(boxes)</fieldset>
            """
    }

    /// The form by which the request is given up; its button stands with the other.
    func givingUp(_ visit: Visit) -> HTML {
        "<form id=\"give-up\" method=\"post\" action=\"\(place)/give-up\">\(visit.formToken)</form>"
    }

    func giveUpButton(_ wording: Wording) -> HTML {
        """
        <button class="button button-secondary" type="submit" form="give-up">\(wording(.draftGiveUp))</button>
        """
    }
}

/// A request that was written and not sent, as the first page tells of it.
struct WaitingRequest {
    let place: Link
    let subject: String

    init(_ identity: UUID, fields: String, _ wording: Wording) {
        let subject = Draft(Query(fields))["subject"]
        place = KeptRequest.place(of: identity)
        self.subject = subject.isEmpty ? wording(.draftUnnamed) : subject
    }

    static func list(_ requests: [WaitingRequest], _ wording: Wording) -> HTML? {
        if requests.isEmpty { return nil }
        let items = requests.map { request -> HTML in
            "<li><a href=\"\(request.place)\" dir=\"auto\">\(request.subject)</a></li>"
        }
        return """
            <section class="panel"><h2>\(wording(.draftsWaiting))</h2><ul class="links">\(items)</ul></section>
            """
    }
}
