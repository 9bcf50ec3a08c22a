import CodecProbe
import CodecSettings
import Documents
import PrometheusProbe
import PrometheusSettings
import Vocabulary

/// XML, JSON and exposition pages, and what is made of them.
enum DocumentParsers {
    static let all = [
        Parser("xml") { input in _ = made { () throws(DocumentError) in try XMLElement(document: input.whole()) } },
        Parser("roomos", roomOS), Parser("json", json), Parser("videoos", videoOS), Parser("exposition", exposition),
        Parser("selector") { input in
            guard let selector = made({ () throws in try Selector(input.text(), key: "metrics") }) else { return }
            demand(selector.covers(selector.name, selector.labels), "\(selector.text) does not cover itself")
        },
    ]

    private static func roomOS(_ input: inout Input) {
        let root = made { () throws(DocumentError) in try XMLElement(document: input.whole()) }
        if let state = root.flatMap(RoomOSStatus.state) { judge(state, "roomos") }
    }

    private static func json(_ input: inout Input) {
        guard let value = made({ () throws(DocumentError) in try JSONValue(input.whole()) }) else { return }
        let written = text(value).description
        let again = made { () throws(DocumentError) in try JSONValue(Array(written.utf8)) }
        demandSame(again, value, "what is written is read as the same value")
    }

    private static func text(_ value: JSONValue) -> JSONText {
        switch value {
        case .null: .number(.nan)
        case .bool(let flag): .truth(flag)
        case .number(let number): .number(number)
        case .string(let text): .text(text)
        case .array(let elements): .array(elements.map(text))
        case .object(let members): .object(members.map { ($0.key, text($0.value)) })
        }
    }

    /// One object of all documents by their paths.
    private static func videoOS(_ input: inout Input) {
        let whole = made { () throws(DocumentError) in try JSONValue(input.whole()) }
        guard case .object(let documents)? = whole, let state = VideoOSStatus.state(documents) else { return }
        judge(state, "videoos")
    }

    private static func judge(_ state: CodecState, _ device: String) {
        let values = ["device": device, "secret": "s", "expect": "registration,camera,microphone,display"]
        let settings: CodecSettings = sound(values)
        _ = CodecVerdict.outcome(of: state, settings)
        demandNumbers(CodecVerdict.readings(state))
        for fact in CodecVerdict.facts(state) { demand(!fact.value.isEmpty, "\(fact.path) without a value") }
    }

    private static func exposition(_ input: inout Input) {
        let (isCut, isBroken) = (input.flag(), input.flag())
        let values = [
            "metrics": "up, a*{b=\"c\"}, n*", "series": "10", "above.up": "1", "below.a{b=\"c\"}": "-5",
            "above.n*": "1e9",
        ]
        let settings: PrometheusSettings = sound(values)
        var verdict = PrometheusVerdict(settings, broken: isBroken ? Set(settings.bounds) : [])
        let page = input.whole()
        let isRead = made { () throws(ExpositionReader.Fault) in try verdict.read(page, isCut: isCut) } != nil
        guard isRead else { return }
        _ = (verdict.outcome, verdict.brokenBounds)
        demandNumbers(verdict.readings)
        demand(verdict.readings.count <= 11, "\(verdict.readings.count) readings")
    }
}
