import Foundation
import Mail
import Testing

@Suite("Quoted text and signatures are found, and nothing else")
struct QuotationTests {
    /// What is left to read, and what is folded, each as its first and last words.
    private func visible(_ text: String, subject: String = "") -> String {
        var output: [UInt8] = []
        let bytes = Array(text.utf8)
        var position = 0
        for fold in Quotation.folds(in: text, subject: subject) {
            output += bytes[position..<fold.range.lowerBound]
            position = fold.range.upperBound
        }
        output += bytes[position...]
        return String(decoding: output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private func kinds(_ text: String) -> [Fold.Kind] { Quotation.folds(in: text, subject: "").map(\.kind) }

    /// How an answer of each mail program and language introduces what it quotes, whose lines follow.
    static let introductions = [
        "On Mon, Mar 2, 2026 at 9:41 AM Anna Holm <anna@norrsken.example> wrote:",
        "On 2 Mar 2026, at 09:41, Anna Holm <anna@norrsken.example> wrote:",
        "On Monday, 2 March 2026 at 09:41:12 GMT+1, Anna Holm\n<anna@norrsken.example> wrote:",
        "On 02/03/2026 09:41, Anna Holm wrote:",
        "Am Mo., 2. März 2026 um 09:41 Uhr schrieb Anna Holm <anna@norrsken.example>:",
        "Am 02.03.2026 um 09:41 schrieb Anna Holm:",
        "Le lun. 2 mars 2026 à 09:41, Anna Holm <anna@norrsken.example> a\n\u{E9}crit\u{A0}:",
        "El lun, 2 mar 2026 a las 9:41, Anna Holm (<anna@norrsken.example>) escribió:",
        "Il giorno lun 2 mar 2026 alle ore 09:41 Anna Holm <anna@norrsken.example> ha scritto:",
        "Em seg., 2 de mar. de 2026 às 09:41, Anna Holm <anna@norrsken.example> escreveu:",
        "Den mån 2 mars 2026 kl 09:41 skrev Anna Holm <anna@norrsken.example>:",
        "2 mars 2026 kl. 09:41 skrev Anna Holm <anna@norrsken.example>:",
        "man. 2. mar. 2026 kl. 09:41 skrev Anna Holm <anna@norrsken.example>:",
        "Den man. 2. mar. 2026 kl. 09.41 skrev Anna Holm <anna@norrsken.example>:",
        "Op ma 2 mrt 2026 om 09:41 schreef Anna Holm <anna@norrsken.example>:",
        "pon., 2 mar 2026 o 09:41 Anna Holm <anna@norrsken.example> napisał(a):",
        "W dniu 02.03.2026 o 09:41, Anna Holm pisze:",
        "ma 2. maalisk. 2026 klo 9.41 Anna Holm (anna@norrsken.example) kirjoitti:",
        "пн, 2 мар. 2026 г. в 09:41, Anna Holm <anna@norrsken.example>:",
        "02.03.2026 09:41, Анна Холм пишет:",
        "Anna Holm <anna@norrsken.example>, 2 Mar 2026 Pzt, 09:41 tarihinde şunu yazdı:",
        "po 2. 3. 2026 v 9:41 odesílatel Anna Holm <anna@norrsken.example> napsal:",
        "Anna Holm <anna@norrsken.example> ezt írta (időpont: 2026. márc. 2., H, 9:41):",
        "Στις Δευ 2 Μαρ 2026 στις 9:41 π.μ., ο χρήστης Anna Holm\n<anna@norrsken.example> έγραψε:",
        "\u{200F}\u{202B}בתאריך יום ב׳, 2 במרץ 2026 ב-9:41 מאת \u{202A}Anna Holm\u{202C}\u{200F} "
            + "<\u{202A}anna@norrsken.example\u{202C}\u{200F}>:\u{202C}",
        "Anna Holm <anna@norrsken.example> 于2026年3月2日周一 09:41写道：",
        "2026年3月2日(月) 9:41 Anna Holm <anna@norrsken.example>:",
        "2026년 3월 2일 (월) 오전 9:41, Anna Holm <anna@norrsken.example>님이 작성:",
        "Quoting Anna Holm <anna@norrsken.example>:", "Anna Holm wrote:", "Anna Holm <anna@norrsken.example> writes:",
    ]

    @Test("The line that introduces a quotation is folded with it", arguments: introductions)
    func introduced(line: String) {
        let text = "Nothing comes out of the printer.\n\n\(line)\n\n> Is it the one by the window?\n>\n> Anna\n"
        #expect(visible(text) == "Nothing comes out of the printer.")
        #expect(visible("The answer.\n\(line)\n> Which one?\n\n") == "The answer.")
    }

    /// The fields above an older message as Outlook and its like write them.
    static let headers = [
        "From: Anna Holm <anna@norrsken.example>\nSent: Monday, March 2, 2026 9:41 AM\nTo: Desk\nSubject: Printer",
        "Von: Anna Holm\nGesendet: Montag, 2. März 2026 09:41\nAn: Desk <desk@norrsken.example>\nBetreff: Drucker",
        "De : Anna Holm\nEnvoyé : lundi 2 mars 2026 09:41\nÀ : Desk\nObjet : Imprimante",
        "De: Anna Holm\nEnviado el: lunes, 2 de marzo de 2026 9:41\nPara: Desk\nAsunto: Impresora",
        "Da: Anna Holm\nInviato: lunedì 2 marzo 2026 09:41\nA: Desk\nOggetto: Stampante",
        "De: Anna Holm\nEnviada em: segunda-feira, 2 de março de 2026 09:41\nPara: Desk\nAssunto: Impressora",
        "Från: Anna Holm\nSkickat: den 2 mars 2026 09:41\nTill: Desk\nÄmne: Skrivaren",
        "Fra: Anna Holm\nSendt: mandag 2. mars 2026 09:41\nTil: Desk\nKopi: Per\nEmne: Skriveren",
        "Van: Anna Holm\nVerzonden: maandag 2 maart 2026 09:41\nAan: Desk\nOnderwerp: Printer",
        "Od: Anna Holm\nWysłano: poniedziałek, 2 marca 2026 09:41\nDo: Desk\nTemat: Drukarka",
        "Lähettäjä: Anna Holm\nLähetetty: maanantai 2. maaliskuuta 2026 9.41\nVastaanottaja: Desk\nAihe: Tulostin",
        "От: Anna Holm\nОтправлено: 2 марта 2026 г. 9:41\nКому: Desk\nТема: Принтер",
        "Kimden: Anna Holm\nGönderildi: 2 Mart 2026 Pazartesi 09:41\nKime: Desk\nKonu: Yazıcı",
        "Odesílatel: Anna Holm\nDatum: pondělí 2. března 2026 9:41\nKomu: Desk\nPředmět: Tiskárna",
        "Feladó: Anna Holm\nElküldve: 2026. március 2. 9:41\nCímzett: Desk\nTárgy: Nyomtató",
        "差出人: Anna Holm\n送信日時: 2026年3月2日 9:41\n宛先: Desk\n件名: プリンター",
        "发件人: Anna Holm\n发送时间: 2026年3月2日 9:41\n收件人: Desk\n主题: 打印机",
        "*From:* Anna Holm [mailto:anna@norrsken.example]\n*Sent:* Monday\n*To:* Desk\n*Subject:* Printer",
    ]

    @Test("What follows the header of an older message is folded to its end", arguments: headers)
    func olderMessage(header: String) {
        let older = "\(header)\n\nIs it the one by the window?\n\nKind regards\nAnna"
        #expect(visible("No, the other.\n\n\(older)") == "No, the other.")
        #expect(visible("No, the other.\n________________________________\n\(older)") == "No, the other.")
        #expect(visible("No, the other.\n\n-----Original Message-----\n\(older)") == "No, the other.")
        #expect(visible("See below.\n\n\(older)", subject: "FW: Printer").hasSuffix("Anna"))
        #expect(visible(older).hasSuffix("Anna"), "a mail of which nothing would be left is not folded")
    }

    @Test(
        "A title between dashes folds what follows",
        arguments: [
            "-----Original Message-----", "-----Ursprüngliche Nachricht-----", "----- Message d'origine -----",
            "-----Mensaje original-----", "-----Messaggio originale-----", "-----Mensagem original-----",
            "-----Ursprungligt meddelande-----", "-----Opprinnelig melding-----", "-----Oprindelig meddelelse-----",
            "-----Oorspronkelijk bericht-----", "-----Wiadomość oryginalna-----", "-----Alkuperäinen viesti-----",
            "-------- Исходное сообщение --------", "-----Původní zpráva-----", "-----Eredeti üzenet-----",
            "------------------ 原始邮件 ------------------", "-----Orijinal Mesaj-----", "---- Original message ----",
            "## Please reply above this line ##", "##- Skriv svaret over denne linjen -##",
        ])
    func titles(title: String) {
        #expect(visible("It works.\n\n\(title)\nWe have changed the toner.\n\nThe desk") == "It works.")
    }

    @Test("What somebody passes on is not folded")
    func forwarded() {
        let text =
            "Can you help her?\n\n---------- Forwarded message ---------\nFrom: Anna <anna@norrsken.example>\n"
            + "Date: Mon, Mar 2, 2026 at 9:41 AM\nSubject: Printer\nTo: <per@norrsken.example>\n\nNothing comes out."
        #expect(visible(text) == text)
    }

    @Test("Where the answers stand between the lines, nothing is folded but the signature")
    func interleaved() {
        let text = "Anna wrote:\n> Which printer?\n\nThe one by the window.\n\n> Which floor?\n\nThe third.\n\n-- \nPer"
        #expect(visible(text).hasSuffix("The third."))
        #expect(kinds(text) == [.signature])
    }

    @Test("A quotation above the answer is folded too")
    func below() {
        #expect(
            visible("On 2 March 2026 Anna wrote:\n> Which printer?\n\nThe one by the window.")
                == "The one by the window.")
    }

    @Test(
        "Signatures are folded by what sets them off",
        arguments: [
            "\n\n-- \nPer Vik\nNorrsken", "\n--\nPer Vik", "\n\n\u{2014}\nPer", "\n\nSent from my iPhone",
            "\n\nSkickat från min iPhone", "\n\nSendt fra min iPad", "\n\nVon meinem iPhone gesendet",
            "\n\nEnvoyé de mon iPhone", "\n\nVerstuurd vanaf mijn iPhone", "\n\nWysłane z iPhone’a",
            "\n\nGet Outlook for iOS<https://aka.ms/o0ukef>", "\n\nHämta Outlook för Android<https://aka.ms/x>",
            "\n\nSent from Yahoo Mail on Android\nhttps://mail.example/android",
            "\n\nThis e-mail and any files are confidential and intended solely for the\naddressee. "
                + "If you are not, delete it.",
        ])
    func signatures(signature: String) {
        #expect(visible("The printer is on fire.\(signature)") == "The printer is on fire.")
        #expect(
            visible("The printer is on fire.\(signature)\n\nOn 2 Mar 2026, at 09:41, Anna wrote:\n\n> Is it?\n")
                == "The printer is on fire.")
    }

    @Test("Below the closing words the name stays, and the card of the firm is folded")
    func card() {
        let text =
            "It is broken.\n\nMed vennlig hilsen\nPer Vik\nDriftsleder\nNorrsken AS\n"
            + "Tlf. 22 33 44 55\nwww.norrsken.example"
        #expect(visible(text) == "It is broken.\n\nMed vennlig hilsen\nPer Vik")
        let more =
            "It is broken.\n\nKind regards\nPer Vik\n\nPS: the other one is broken too.\n"
            + "Call me at 22 33 44 55\nbefore ten"
        #expect(visible(more) == more)
    }

    @Test(
        "What people write themselves stays",
        arguments: [
            "On your remote host you can run:\n\n  telnet 127.0.0.1 52698\n\nThis should connect.",
            "From: Oslo\nTo: Bergen\nI need a ticket for two.",
            "Sent from my desk, is much easier than my phone.",
            "The menu shows:\n- File\n- Edit\n\nand nothing else:\nno Print",
            "The list of 2 March 2026:\nprinter\nscanner", "She wrote:\nplease help\n\nand I do not know what to do",
            "here is a fix -- this is no signature.\n\nGood?",
            "Name: Per\nDate: 2 March\nSubject: none of your business\n", "a\n\n-----\n\nb", "____\n\nwhat I saw",
            "Thanks\nPer",
        ])
    func own(text: String) {
        #expect(Quotation.folds(in: text, subject: "").isEmpty)
    }

    @Test(
        "Time is proportional to the length of the text",
        arguments: [
            "@:\n", "> a\nb\n", "> a\n-- \n", "From: a\n", "a wrote 2026 @:\n", "\n", "-----\n", "-- \n",
            "____________________\n",
            "-----Original\n", "On 2026\n", "a ", "From: a@b\nTo: b\n", ">", "* ", "\u{A0}\n", "kind regards\n",
            "sent from x\n",
        ])
    func hostile(piece: String) {
        let text = String(repeating: piece, count: 60_000 / piece.utf8.count)
        let started = ContinuousClock.now
        _ = Quotation.folds(in: text, subject: "")
        #expect(ContinuousClock.now - started < .seconds(20))
    }
}
