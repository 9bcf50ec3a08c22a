import Testing
import Vocabulary

@Suite struct InstantTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"),
            (1_680_674_828_009_000, "2023-04-05T06:07:08.009Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_400_000_000, "2000-02-29T00:00:00.000Z"),
        ] as [(Int64, String)])
    func isWrittenAsISO8601(microseconds: Int64, text: String) {
        #expect(Instant(microseconds: microseconds).description == text)
    }

    @Test(arguments: [Int64.min, .min + 1, .max - 1, .max]) func extremesNeitherTrapNorWrap(microseconds: Int64) {
        let instant = Instant(microseconds: microseconds)
        #expect(!instant.description.isEmpty)
        #expect(instant + .seconds(3600) >= instant)
        #expect(instant - .seconds(3600) <= instant)
        #expect((instant - Instant(seconds: 0)).wholeMicroseconds <= .max)
    }
}
