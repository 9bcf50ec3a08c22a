import Documents
import Testing

@Suite struct XMLTests {
    private func read(_ text: String) throws(DocumentError) -> XMLElement {
        try XMLElement(document: Array(text.utf8))
    }

    @Test func elementsAttributesAndTextAreRead() throws {
        let root = try read(
            """
            <?xml version="1.0"?><!-- by us -->
            <Status product='Cisco &quot;Codec&quot;'>
              <Cameras><Camera item="1"><Model>A &lt;B&gt; &#225;&#x1F600;</Model></Camera><Camera item = "2"/></Cameras>
              <Empty></Empty><Raw><![CDATA[ <x> & ]]></Raw><Mixed>one<i>two</i>three</Mixed>
            </Status>
            <!-- the end -->
            """)
        #expect(root.name == "Status" && root.attributes == ["product": "Cisco \"Codec\""])
        #expect(root.all("Cameras/Camera").map { $0.attributes["item"] } == ["1", "2"])
        #expect(root.text("Cameras/Camera/Model") == "A <B> á😀")
        #expect(root.text("Empty") == nil && root.first("Empty") != nil && root.text("None/There") == nil)
        #expect(root.text("Raw") == "<x> &" && root.text("Mixed") == "onethree")
    }

    @Test(arguments: [
        ("", "no element", 0), ("<a>", "it ends within <a>", 3), ("<a></b>", "</b> closes nothing", 6),
        ("<a", "it ends within a tag", 2), ("<a b></a>", "an attribute without a value", 4),
        ("<a b=c></a>", "a value without quotes", 5), ("<a>&nbsp;</a>", "an unknown reference", 3),
        ("<!DOCTYPE a [<!ENTITY b \"c\">]><a/>", "a document type", 0), ("x<a/>", "text outside of the root", 0),
        ("<a/><b/>", "something follows the root", 4), ("<a><![CDATA[x</a>", "CDATA without an end", 3),
        ("< >", "no name", 1),
    ])
    func whatIsNoneIsSaidWithItsPlace(text: String, problem: String, offset: Int) {
        #expect(throws: DocumentError(problem, at: offset)) { try read(text) }
    }

    @Test func depthIsBounded() {
        #expect(throws: DocumentError.self) { try read(String(repeating: "<a>", count: 100_000)) }
    }
}
