/// The words by which mail programs of many languages set off what is not the author's own.
enum QuotationWords {
    /// The verb of "On Monday Anna wrote:", in lower case.
    static let verbs = [
        "wrote", "writes", "wrote on", "schrieb", "skrev", "skriver", "a écrit", "écrit", "escribió", "escribio",
        "escribe", "ha scritto", "scrisse", "scrive", "escreveu", "escribiu", "va escriure", "schreef", "geschreven",
        "kirjoitti", "napisał", "pisze", "napsal", "napísal", "írta", "ezt írta", "a scris", "scris", "έγραψε",
        "написал", "написала", "пишет", "пише", "написав", "написа", "yazdı", "yazmış", "כתב", "כתבה", "كتب", "كتبت",
        "写道", "寫道", "のメール", "は書きました", "さんが書きました", "님이 작성", "작성", "kirjutas", "rašė", "rakstīja", "je napisao",
        "je napisal",
        "је написао", "skrifaði", "đã viết", "menulis", "เขียนว่า", "quoting", "zitat von", "citando a", "citat från",
        "citerar",
    ]

    /// How "On Monday Anna wrote:" begins, in lower case and with the blank behind the word.
    static let openings = [
        "on ", "am ", "le ", "el ", "il ", "em ", "en ", "den ", "på ", "op ", "w dniu ", "dnia ", "dne ", "dňa ",
        "pe ", "în ", "στις ", "στην ", "в ", "на ", "em\u{A0}", "le\u{A0}", "בתאריך ", "ב-", "في ", "à ", "ng\u{E0}y ",
        "vào ", "pada ", "el\u{A0}", "il giorno ", "at ", "quoting ", "zitat von ", "citando a ", "citat från ",
        "citerar ",
    ]

    /// What stands between the dashes above an older message, in lower case.
    static let separators = [
        "original message", "original appointment", "reply message", "ursprüngliche nachricht", "originalnachricht",
        "urspruengliche nachricht", "ursprünglicher termin", "message d'origine", "message d’origine",
        "message original", "message initial", "mensaje original", "mensagem original", "messaggio originale",
        "missatge original", "ursprungligt meddelande", "originalmeddelande", "ursprungligt mejl",
        "opprinnelig melding", "original melding", "oprindelig meddelelse", "oprindelig besked",
        "oorspronkelijk bericht", "origineel bericht", "wiadomość oryginalna", "oryginalna wiadomość",
        "alkuperäinen viesti", "původní zpráva", "pôvodná správa", "eredeti üzenet", "mesaj original",
        "mesajul original", "αρχικό μήνυμα", "исходное сообщение", "пересылаемое сообщение", "оригинал сообщения",
        "вихідне повідомлення", "оригінальне повідомлення", "оригинално съобщение", "orijinal mesaj",
        "özgün ileti", "orijinal ileti", "הודעה מקורית", "الرسالة الأصلية", "原始邮件", "原始郵件", "元のメッセージ", "원본 메시지",
        "algne kiri",
        "pradinis laiškas", "sākotnējais ziņojums", "izvorna poruka", "izvirno sporočilo", "upprunaleg skilaboð",
        "tin nhắn gốc", "pesan asli",
    ]

    /// What a desk writes above which it wants answers, in lower case.
    static let replyLines = [
        "reply above this line", "type your reply above", "write your reply above", "respond above this line",
        "antworten sie oberhalb dieser", "antwort oberhalb dieser zeile", "bitte oberhalb dieser zeile antworten",
        "répondez au-dessus de cette ligne", "répondre au-dessus de cette ligne", "responda encima de esta línea",
        "responda por encima de esta línea", "rispondi sopra questa riga", "responda acima desta linha",
        "svara ovanför den här raden", "svara ovanför denna rad", "skriv ditt svar ovanför", "svar over denne linjen",
        "skriv svaret over denne linjen", "svar over denne linje", "antwoord boven deze regel",
        "typ uw antwoord boven deze", "odpowiedz powyżej tej linii", "odpowiedź powyżej tej linii",
        "vastaa tämän rivin yläpuolelle", "ответьте выше этой строки",
    ]

    /// What a field of a quoted header is.
    enum Field: Hashable { case from, date, to, copy, subject }

    static let fields: [String: Field] = {
        let words: [(Field, String)] = [
            (
                .from,
                """
                from|von|de|da|från|fra|van|od|lähettäjä|от|від|kimden|gönderen|odesílatel|odosielateľ|feladó|de la|\
                expeditor|από|מאת|من|发件人|發件人|寄件者|差出人|보낸 사람|보낸사람|saatja|nuo|no|expéditeur|remitente|remetente|\
                mittente|afzender|absender|avsändare|avsender|afsender|nadawca|frá|từ|dari|šalje|pošiljatelj
                """
            ),
            (
                .date,
                """
                sent|date|gesendet|datum|envoyé|envoyé le|enviado|enviado el|enviado em|enviada em|fecha|data|inviato|\
                skickat|skickat den|sendt|sendt den|dato|dátum|verzonden|wysłano|lähetetty|päivämäärä|päiväys|\
                отправлено|дата|надіслано|gönderildi|gönderme tarihi|gönderim tarihi|tarih|odesláno|odoslané|elküldve|\
                küldve|trimis|în data de|στάλθηκε|ημερομηνία|נשלח|תאריך|تاريخ|تم الإرسال|发送时间|發送時間|日期|送信日時|日時|\
                日付|보낸 날짜|날짜|saadetud|kuupäev|išsiųsta|nosūtīts|poslano|sent at|data wysłania|đã gửi|dikirim|send
                """
            ),
            (
                .to,
                """
                to|an|à|pour|a|para|til|till|aan|do|vastaanottaja|кому|до|kime|alıcı|komu|címzett|către|προς|אל|إلى|\
                收件人|收件者|宛先|받는 사람|받는사람|kellele|kam|kam|za|prima|naar|destinatario|destinatário|empfänger|\
                mottagare|mottaker|modtager|adresat|đến|kepada
                """
            ),
            (
                .copy,
                """
                cc|kopia|kopie|kopi|copia|cópia|копия|копія|másolat|kopia do|\
                dw|do wiadomości|cc:|抄送|副本|参照|참조|bilgi|κοιν.|עותק|نسخة
                """
            ),
            (
                .subject,
                """
                subject|betreff|objet|asunto|oggetto|assunto|ämne|emne|onderwerp|temat|aihe|тема|konu|předmět|predmet|\
                tárgy|subiect|θέμα|נושא|الموضوع|主题|主題|主旨|件名|제목|teema|tema|temats|efni|chủ đề|subjek|относно|assumpte
                """
            ),
        ]
        var table: [String: Field] = [:]
        for (field, names) in words {
            for name in names.split(separator: "|") where table[String(name)] == nil { table[String(name)] = field }
        }
        return table
    }()

    /// How a line begins that a telephone or a mail program puts below every mail, in lower case.
    static let devices = [
        "sent from ", "sent via ", "sent with ", "sent by my ", "sent using ", "get outlook for ",
        "gesendet von ", "gesendet mit ", "holen sie sich outlook", "outlook für ", "envoyé de mon ",
        "envoyé depuis ", "envoyé à partir de ", "obtenez outlook", "télécharger outlook", "enviado desde ",
        "enviado do meu ", "enviado de mi ", "enviado do ", "enviado via ", "obtener outlook", "obter o outlook",
        "inviato da ", "inviato dal ", "scarica outlook", "ottieni outlook", "skickat från ", "skickades från ",
        "hämta outlook", "skaffa outlook", "sendt fra ", "sendt via ", "hent outlook", "last ned outlook",
        "få outlook", "verstuurd vanaf ", "verzonden vanaf ", "verzonden met ", "verstuurd met ", "outlook voor ",
        "outlook downloaden", "wysłane z ", "wysłano z ", "pobierz outlook", "pobierz aplikację outlook", "lähetetty ",
        "hanki outlook", "отправлено с ", "отправлено из ", "отправлено от ", "надіслано з ", "odesláno z ",
        "odoslané z ", "trimis de pe ", "στάλθηκε από ", "发自我的", "發自我的",
        "从我的", "saadetud minu ", "نُشر من", "أُرسلت من", "נשלח מה",
    ]

    /// How such a line ends in languages that put the verb last.
    static let deviceEndings = ["gesendet", "gönderildi", "から送信", "에서 보냄", "elküldve"]

    /// What stands between the dashes above a message that is passed on, in lower case.
    static let forwards = [
        "forwarded message", "forwarded mail", "forwarded email", "weitergeleitete nachricht", "message transféré",
        "message réexpédié", "mensaje reenviado", "messaggio inoltrato", "mensagem encaminhada",
        "vidarebefordrat meddelande", "vidarebefordrat mejl", "videresendt melding", "videresendt meddelelse",
        "videresendt besked", "doorgestuurd bericht", "przekazana wiadomość", "wiadomość przekazana",
        "välitetty viesti", "edelleenlähetetty viesti", "пересланное сообщение", "переслане повідомлення",
        "přeposlaná zpráva", "továbbított üzenet", "iletilen mesaj", "mesaj redirecționat", "προωθημένο μήνυμα",
        "הודעה שהועברה", "رسالة معاد توجيهها", "转发的邮件", "轉寄郵件", "転送メッセージ", "전달된 메일", "전달된 메시지",
    ]

    /// How the subject of such a message begins, in lower case and without its colon.
    static let forwardPrefixes: Set<String> = [
        "fw", "fwd", "wg", "tr", "rv", "enc", "i", "vb", "vs", "vl", "doorst", "pd", "pdl", "tov", "ilt", "πρθ",
        "转发", "轉寄", "転送", "전달",
    ]

    /// With what a letter ends, in lower case: the name follows.
    static let closings = [
        "regards", "best regards", "kind regards", "kindest regards", "warm regards", "with kind regards", "best",
        "best wishes", "many thanks", "thanks", "thank you", "cheers", "sincerely", "yours sincerely", "br", "rgds",
        "mit freundlichen grüßen", "mit freundlichen grüssen", "mit freundlichem gruß", "mit freundlichem gruss",
        "freundliche grüße", "freundliche grüsse", "viele grüße", "viele grüsse", "beste grüße", "beste grüsse",
        "liebe grüße", "mfg", "cordialement", "bien cordialement", "bien à vous", "salutations", "saludos",
        "saludos cordiales", "un saludo", "atentamente", "cordiali saluti", "saluti", "distinti saluti",
        "atenciosamente", "cumprimentos", "com os melhores cumprimentos", "med vänliga hälsningar",
        "med vänlig hälsning", "vänliga hälsningar", "vänligen", "hälsningar", "mvh", "med vennlig hilsen",
        "vennlig hilsen", "beste hilsen", "hilsen", "med venlig hilsen", "venlig hilsen", "bedste hilsner",
        "met vriendelijke groet", "met vriendelijke groeten", "vriendelijke groet", "vriendelijke groeten", "groeten",
        "z poważaniem", "pozdrawiam", "z pozdrowieniami", "ystävällisin terveisin", "terveisin", "с уважением",
        "с наилучшими пожеланиями", "з повагою", "saygılarımla", "iyi çalışmalar", "s pozdravem", "s pozdravom",
        "üdvözlettel", "tisztelettel", "cu stimă", "με εκτίμηση", "بאיחולים", "בברכה", "مع التحية",
    ]

    /// Two beginnings of words of which a legal notice holds both, in one language each, in lower case.
    static let notices: [(String, String)] = [
        ("confidential", "recipient"), ("confidential", "addressee"), ("privileged", "recipient"),
        ("vertraulich", "empfänger"), ("vertraulich", "adressat"), ("confidentiel", "destinataire"),
        ("confidencial", "destinatari"), ("confidencial", "destinatário"), ("riservat", "destinatari"),
        ("confidenzial", "destinatari"), ("konfidentiell", "mottagare"), ("sekretess", "mottagare"),
        ("konfidensiell", "mottaker"), ("taushet", "mottaker"), ("fortrolig", "modtager"), ("vertrouwelijk", "bestemd"),
        ("vertrouwelijk", "geadresseerde"), ("poufn", "adresat"), ("luottamuksel", "vastaanottaj"),
        ("конфиденциал", "адресат"), ("конфиденциал", "получател"), ("gizli", "alıcı"), ("důvěrn", "adresát"),
    ]
}
