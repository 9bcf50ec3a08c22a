import Foundation
import NIOCore
import ServiceLifecycle

/// A server of ours that says which of its settings is to blame when it cannot listen.
struct Door<Server: Service>: Service {
    /// The key of the setting.
    let setting: String
    let endpoint: CollectorSettings.Endpoint
    let server: Server

    func run() async throws {
        do {
            try await server.run()
        } catch let error as IOError {
            throw CollectorSettingsError(
                place: "\(setting) \(endpoint)",
                problem: "cannot be listened on: \(String(cString: strerror(error.errnoCode)))")
        }
    }
}
