import Hummingbird
import NIOCore
import SwiftProtobuf
import Wire

/// An answer that says no: a stable code for programs and a sentence for people.
struct Refusal: HTTPResponseError {
    var status: HTTPResponse.Status
    var code: String
    var problem: String

    init(_ status: HTTPResponse.Status, _ code: String, _ problem: String) {
        self.status = status
        self.code = code
        self.problem = problem
    }

    func response(from request: Request, context: some RequestContext) throws -> Response {
        var message = ProtoRefusal()
        message.code = code
        message.problem = problem
        var response = try Response(message: message)
        response.status = status
        return response
    }
}

extension Response {
    /// A protobuf message as the whole answer.
    init(message: some SwiftProtobuf.Message) throws {
        let bytes: [UInt8] = try message.serializedBytes()
        self.init(
            status: .ok, headers: [.contentType: "application/x-protobuf"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
