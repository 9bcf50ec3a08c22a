package import Curl
package import Vocabulary

/// Brings requests to receivers over HTTP, each once: what the channels that speak it have in common.
package struct HTTPSender: Sendable {
    /// More than any receiver has to say; the rest of an answer is not read.
    private static let answerLimit = 16 << 10

    private let engine: CurlEngine
    private let tls: TLSOptions
    package let now: @Sendable () -> Instant

    /// `tls` says which authorities are trusted.
    package init(engine: CurlEngine, tls: TLSOptions = TLSOptions(), now: @escaping @Sendable () -> Instant) {
        self.engine = engine
        self.tls = tls
        self.now = now
    }

    /// What came of a request, for whoever judges the answer by itself.
    package func perform(_ request: Transfer) async -> Result<TransferResult, TransferError> {
        var transfer = request
        transfer.tls = tls
        transfer.bodyLimit = Self.answerLimit
        return await engine.perform(transfer)
    }

    /// `reading` says what an answer means; what never became one is judged as for every transfer.
    package func send(
        _ request: Transfer, reading: (TransferResult, Instant) -> Delivery
    ) async -> Delivery {
        judge(await perform(request), reading: reading)
    }

    package func judge(
        _ outcome: Result<TransferResult, TransferError>, reading: (TransferResult, Instant) -> Delivery
    ) -> Delivery {
        switch outcome {
        case .failure(let error): .judge(error)
        case .success(let result): reading(result, now())
        }
    }
}
