import API
import HTTPTypes
import Hummingbird
import NIOCore
import Storage
import Vocabulary
import WebUI

/// What page routes share: how to make a viewer of a request, and an answer of a page.
struct PageServices: Sendable {
    let api: APIServices
    let sessions: Sessions
    let passwords: PasswordDesk
    let steps: FirstSteps
    /// What makes charts zoomable, where the system has it.
    let charts: Viewer.ChartLibrary?

    var now: @Sendable () -> Instant { api.now }

    func viewer(_ request: Request, _ context: PortalContext, csrf: String? = nil) -> Viewer {
        let preferences = Preferences(request)
        return Viewer(
            language: preferences.language, theme: preferences.theme, userName: context.session?.person.name,
            csrf: csrf ?? context.session?.csrfToken ?? "", path: request.uri.description, now: now(),
            isAdministrator: context.session?.person.role == .administrator, charts: charts)
    }

    func answer(_ page: some Page, _ request: Request, _ context: PortalContext) -> Response {
        Response(html: page.html(for: viewer(request, context)))
    }

    /// The caller of a page; where there is none the answer is the way to sign in, or to change the password.
    func signedIn(
        _ request: Request, _ context: PortalContext, then make: (Caller) async throws -> Response
    ) async throws -> Response {
        if let caller = context.caller, context.session != nil { return try await make(caller) }
        if context.session != nil { return .redirect(to: "/password", type: .normal) }
        let path = request.method == .get ? request.uri.description : "/"
        return .redirect(to: path == "/" ? "/sign-in" : "/sign-in?return=\(path.queryEncoded)", type: .normal)
    }
}

/// The commands that the first page offers.
package struct FirstSteps: Hashable, Sendable {
    package var enrolMachine: String
    package var loadSites: String?
    package var breakSomething: String

    package init(enrolMachine: String, loadSites: String?, breakSomething: String) {
        self.enrolMachine = enrolMachine
        self.loadSites = loadSites
        self.breakSomething = breakSomething
    }
}

extension Response {
    init(html: String, status: HTTPResponse.Status = .ok) {
        self.init(
            status: status, headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
    }
}

extension String {
    /// As a value in a query: everything but unreserved characters and slashes encoded.
    package var queryEncoded: String {
        utf8.reduce(into: "") { result, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"), UInt8(ascii: "/"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
    }

    /// This path when it leads to a page of ours, else the first page: no form may send people elsewhere.
    ///
    /// Judged by bytes, as browsers do: they drop tabs and line breaks, and take a backslash for a slash.
    package var ownPath: String {
        let slash = UInt8(ascii: "/")
        let isPlain = utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f && $0 != UInt8(ascii: "\\") }
        return isPlain && utf8.first == slash && utf8.dropFirst().first != slash ? self : "/"
    }
}
