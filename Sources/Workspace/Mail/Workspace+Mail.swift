import Catalogue
import Desk
import DeskStore
import DeskWeb
import Foundation
import HTTP
import Postgres
import TimeZones

/// The mail that came in, and what those who look after it can do.
extension Workspace {
    var mailEndpoints: [Endpoint<Overseer>] {
        [
            Endpoint(.get, "/desk/mail") { request, overseer in
                try await mailList(request, for: overseer)
            },
            Endpoint(.get, "/desk/mail/:mail") { request, overseer, mail in
                try await mailPage(mail, for: overseer, done: request.query["done"].flatMap(MailDone.init))
            },
            Endpoint(.get, "/desk/mail/:mail/original") { request, overseer, mail in
                let mail = try await self.mail(mail, for: overseer)
                guard let file = try await website.store.original(of: mail, seeing: overseer.mailSight) else {
                    throw EndpointFault.noSuchPath
                }
                return website.file(file, for: request, seeing: overseer.mailSight)
            },
        ]
    }

    var mailActionEndpoints: [Endpoint<Agent>] {
        [
            Endpoint(.post, "/desk/mail/:mail/replays", body: .collected(limit: 4096)) { _, agent, mail in
                try await replay(self.mail(mail, for: agent), for: agent)
            },
            Endpoint(.post, "/desk/mail/:mail/discards", body: .collected(limit: 4096)) { _, agent, mail in
                let mail = try await self.mail(mail, for: agent)
                let isDone = try await website.store.discardParked(mail.uuid, seeing: agent.mailSight)
                return Self.onward(to: mail, saying: isDone ? .aside : .settled)
            },
        ]
    }

    private func mailList(_ request: Request, for overseer: Overseer) async throws -> Response {
        var filter = MailFilter()
        filter.kind = request.query["kind"].flatMap(MailKind.init)
        filter.behind = request.query["before"].flatMap { MailPlace(text: $0) }
        // One more than is shown tells whether there is another page, without counting.
        let found = try await website.store.inboundMail(
            filter, limit: Self.pageSize + 1, seeing: overseer.mailSight)
        return MailListPage(
            reader: overseer, teller: try mailTeller(for: overseer), filter: filter,
            mails: Array(found.prefix(Self.pageSize)), hasMore: found.count > Self.pageSize,
            done: request.query["done"].flatMap(MailDone.init)
        ).response
    }

    private func mailPage(_ mail: String, for overseer: Overseer, done: MailDone?) async throws -> Response {
        do {
            let mail = try await self.mail(mail, for: overseer)
            return MailPage(
                reader: overseer, teller: try mailTeller(for: overseer), mail: mail, canSort: sortAnew != nil,
                done: done
            ).response
        } catch EndpointFault.noSuchPath where done != nil {
            // What was done to it may have taken it out of the reader's sight; the list tells so.
            return .seeOther("/desk/mail?done=\(MailDone.gone.rawValue)")
        }
    }

    private func mailTeller<Work>(for reader: Staff<Work>) throws -> MailTeller {
        let directory = try reader.visit.directory()
        return MailTeller(
            wording: reader.wording, zone: website.zone(of: reader.person.homeSite, in: directory),
            directory: directory)
    }

    /// - Throws: `EndpointFault.noSuchPath` where there is none that he sees.
    private func mail<Work>(_ id: String, for reader: Staff<Work>) async throws -> InboundMail {
        guard let id = UUID(uuidString: id),
            let mail = try await website.store.inboundMail(id, seeing: reader.mailSight)
        else { throw EndpointFault.noSuchPath }
        return mail
    }

    /// Sorts a mail anew. One of which something has come already is told as it is: nothing is done twice.
    private func replay(_ mail: InboundMail, for agent: Agent) async throws -> Response {
        guard let sortAnew else { throw EndpointFault.noSuchPath }
        guard mail.canBeReplayed else { return Self.onward(to: mail, saying: .settled) }
        do {
            try await sortAnew(mail, agent.mailSight)
            return Self.onward(to: mail, saying: .sorted)
        } catch is NotParked {
            return Self.onward(to: mail, saying: .settled)
        } catch is Refusal {
            return Self.onward(to: mail, saying: .stuck)
        } catch is StillUnkept {
            return Self.onward(to: mail, saying: .stuck)
        }
    }

    private static func onward(to mail: InboundMail, saying done: MailDone) -> Response {
        .seeOther("/desk/mail/\(mail.uuid.uuidString.lowercased())?done=\(done.rawValue)")
    }
}

/// What was just done about a mail, as the address of the page that follows says it.
enum MailDone: String {
    case sorted, aside, gone
    /// Somebody else was faster.
    case settled
    /// Nothing can be made of it yet.
    case stuck

    var phrase: Catalogue.Phrase {
        switch self {
        case .sorted: .inboundDoneSorted
        case .aside: .inboundDoneAside
        case .gone: .inboundDoneGone
        case .settled: .inboundSettled
        case .stuck: .inboundStuck
        }
    }

    var isGood: Bool { self == .sorted || self == .aside || self == .gone }
}
