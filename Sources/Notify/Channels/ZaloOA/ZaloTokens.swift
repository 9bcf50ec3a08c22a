package import Courier
import Curl
import Foundation
import Vocabulary

/// The access tokens of Official Accounts: each lives about a day, and is had for a refresh token that is used up by it.
///
/// How: developers.zalo.me/docs/official-account/bat-dau/xac-thuc-va-uy-quyen-cho-ung-dung-new. For each account one at a
/// time asks: a refresh token works once, so two askers would cost the account its access. A login that does not answer
/// holds up its own account alone.
package actor ZaloTokens {
    /// Opens a secret, and seals one anew.
    package struct Safe: Sendable {
        package var read: @Sendable (String) async throws -> String
        package var write: @Sendable (String, String) async throws -> Void

        package init(
            read: @escaping @Sendable (String) async throws -> String,
            write: @escaping @Sendable (String, String) async throws -> Void
        ) {
            self.read = read
            self.write = write
        }
    }

    private struct Access {
        var token: String
        var ends: Instant
    }

    private let sender: HTTPSender
    private let safe: Safe
    private var known: [String: Access] = [:]
    /// By the name of the account's refresh token: who waits while somebody asks.
    private var queues: [String: [CheckedContinuation<Void, Never>]] = [:]

    package init(sender: HTTPSender, safe: Safe) {
        self.sender = sender
        self.safe = safe
    }

    /// A token that should work; `refused` is one that has just been found not to.
    func access(
        _ settings: ChannelSettings.ZaloOA, besides refused: String? = nil
    ) async throws(ZaloTokenFailure) -> String {
        await enter(settings.token)
        defer { leave(settings.token) }
        if let access = known[settings.token], access.token != refused, sender.now() < access.ends {
            return access.token
        }
        let fresh = try await refresh(settings)
        // A minute early, so that none runs out on its way.
        let ends = sender.now() + .seconds(fresh.lifetime) - .seconds(60)
        known[settings.token] = Access(token: fresh.accessToken, ends: ends)
        return fresh.accessToken
    }

    private func refresh(
        _ settings: ChannelSettings.ZaloOA
    ) async throws(ZaloTokenFailure) -> ZaloTokenAnswer {
        do {
            let (key, token) = (try await safe.read(settings.secret), try await safe.read(settings.token))
            let request = Transfer(
                "\(settings.login ?? ChannelSettings.ZaloOA.publicLogin)/v4/oa/access_token", method: "POST",
                headers: [Header("Content-Type", "application/x-www-form-urlencoded"), Header("secret_key", key)],
                body: Array(
                    ("grant_type=refresh_token&app_id=\(BodyForm.form.escaped(settings.app))"
                        + "&refresh_token=\(BodyForm.form.escaped(token))").utf8),
                connectTimeout: .seconds(5), timeout: .seconds(15))
            let result = try await sender.perform(request).get()
            let answer = try ZaloTokenAnswer.read(result, at: sender.now(), settings)
            try await safe.write(settings.token, answer.refreshToken)
            return answer
        } catch let failure as ZaloTokenFailure {
            throw failure
        } catch let error as TransferError {
            throw ZaloTokenFailure(delivery: .judge(error))
        } catch {
            // A secret that is not set, or a full disk: somebody may still see to it.
            throw ZaloTokenFailure(delivery: .retry(problem: "\(error)", after: .seconds(60)))
        }
    }

    private func enter(_ account: String) async {
        guard queues[account] != nil else {
            queues[account] = []
            return
        }
        await withCheckedContinuation { queues[account]?.append($0) }
    }

    private func leave(_ account: String) {
        guard let next = queues[account]?.first else {
            queues[account] = nil
            return
        }
        queues[account]?.removeFirst()
        next.resume()
    }
}
