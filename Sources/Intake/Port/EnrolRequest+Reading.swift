import Hummingbird
import Keys
import Logging
import SwiftProtobuf
import Wire

extension ProtoEnrolRequest {
    /// The body of a request to enrol or to renew; what is none is refused.
    init(reading request: Request) async throws {
        let message: ProtoEnrolRequest
        do {
            message = try ProtoEnrolRequest(serializedBytes: try await request.bytes(upTo: 64 << 10))
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw Refusal(.badRequest, "malformed", "not an enrolment message: \(error)")
        }
        guard message.version == Limits.version else {
            throw Refusal(
                .badRequest, "wrong-version", "version \(message.version); this collector speaks \(Limits.version)")
        }
        self = message
    }

    /// The key that the request proves to hold; nil when it proves nothing.
    func provenKey(_ context: AgentContext) -> PublicKey? {
        do {
            return try SigningRequest(der: [UInt8](signingRequest)).publicKey
        } catch {
            context.logger.warning(
                "Unusable signing request", metadata: ["from": "\(context.peer)", "error": "\(error)"])
            return nil
        }
    }
}
