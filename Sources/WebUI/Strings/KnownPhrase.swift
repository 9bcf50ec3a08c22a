/// What probes say of what they expected, and the plain words among what they got; `{}` stands for a value.
///
/// Reasons carry finished text, because programs and logs read it too; pages find the phrase again and say it in the
/// reader's language. Text that fits none stands as it is, as code: it is a value or the system's own words.
package enum KnownPhrase: String, CaseIterable, Sendable {
    // Expected.
    case answerToSYN = "an answer to SYN"
    case connection = "a connection"
    case answerInTime = "an answer in time"
    case answerBeforeDeadline = "an answer before the deadline"
    case answerWithin = "an answer in {} s"
    case wholeAnswer = "a whole answer"
    case echoReply = "an echo reply"
    case replies = "{} replies"
    case passWhole = "packets of {} bytes to pass whole"
    case resolverAnswer = "an answer from the resolver"
    case address = "an address"
    case addressOfFamily = "an address of family {}"
    case handshake = "a TLS handshake"
    case web = "HTTP or HTTPS"
    case redirects = "at most {} redirects"
    case size = "at most {} bytes"
    case time = "at most {} ms"
    case authorities = "the system's certificate authorities"
    case validCertificate = "a valid certificate"
    case certificateForHost = "a certificate for this host"
    case knownAuthority = "a known authority"
    case dateToCome = "a date to come"
    case daysLeft = "at least {} days left"
    case bodyWithout = "a body without \"{}\""
    case bodyWith = "a body with \"{}\""
    case available = ">= {} available"
    case noFailedUnit = "no failed unit"
    case synchronised
    case lostAtMost = "{} lost at most"
    case steady = "a steady state"
    case answerFromAnywhere = "an answer from anywhere"
    case connectedInterface = "a connected network interface"
    case answerToSNMP = "an answer to SNMP"
    case snmpMessage = "an SNMP message"
    case letInSNMP = "to be let in"
    case allInTime = "all that it has, in time"
    case up
    case well
    case atMostShare = "at most {} %"
    case atLeastShare = "at least {} %"
    case atLeastSeconds = "at least {} s"
    case aRegistration = "a registration"
    case connectedCamera = "a connected camera"
    case connectedMicrophone = "a connected microphone"
    case connectedDisplay = "a connected display"
    case noOwnError = "no error of its own"
    case statusDocument = "a status document"
    case http200 = "HTTP 200"
    case seriesOfName = "a series of that name"
    case mostSeries = "at most {} series"
    case exporterPage = "a page of an exporter"
    case atMostValue = "a value of at most {}"
    case atLeastValue = "a value of at least {}"
    case theTime = "the time"
    case answerToNTP = "an answer to NTP"
    case ntpPacket = "an NTP packet"
    case fromOwnClock = "at most {} from the agent's clock"
    case fromReference = "at most {} from a reference clock"
    case stratumAtMost = "stratum {} at most"
    case sipResponse = "a SIP response"
    case finalResponse = "a final response"
    case answerInOrder = "an answer in order"
    case aService = "a service"
    case aRegistrar = "a registrar"
    case challengeAnswer = "an answer to the challenge"
    case knownLogin = "a known kind of login"
    case statusEnquiry = "an answer to STATUS ENQUIRY"
    case setupAnswer = "an answer to SETUP"
    case gatekeeperAnswer = "an answer of a gatekeeper"
    case deviceWithGatekeeper = "a device with a gatekeeper"
    case takesEndpoints = "a gatekeeper that takes endpoints"
    case bindingsOf = "the bindings of {}"
    case answerFrom = "an answer from {}"
    case letIn = "{} to be let in"
    case known = "{} to be known"
    case reachable = "{} reachable"
    case registered = "{} registered"
    case registeredTimes = "{} registered {} times"
    case answerToDNS = "an answer to DNS"
    case dnsMessage = "a DNS message"
    case recordsOfType = "records of type {}"
    case amongAnswers = "{} among the answers"
    case serial = "serial {}"
    case answerWith = "an answer with \"{}\""
    case wordsTaken = "our words to be taken"
    case certificateFor = "a certificate for {}"
    case chainToAuthority = "a chain up to a known authority"
    case newerTLS = "TLS {} or newer"
    case keyBits = "a key of at least {} bits"
    case signatureBySHA2 = "a signature by SHA-2"
    case cipherBits = "a cipher of 128 bits"
    case startTLSOffered = "STARTTLS to be offered"
    case tlsAfterAnswer = "TLS after the answer"
    case greetingOf = "a greeting of {}"
    case httpTwo = "HTTP/2"
    case json = "JSON"
    case belowOrAbove = "a value below {} or above {}"
    case belowValue = "a value below {}"
    case aboveValue = "a value above {}"
    case exitStatus = "an exit status from 0 to 3"
    case thePluginFolder = "the folder {}; `install -d {}` makes it"
    case pluginIn = "a plug-in {} in {}"
    case executableFile = "an executable file"
    case unchangeable = "what nobody else can change"
    case readableFile = "a file that can be read"
    case startingProgram = "a program that starts"
    case freePlace = "a free place"
    // Got.
    case nothing
    case nothingInTime = "nothing before the deadline"
    case selfConnection = "a connection to itself"
    case notSynchronised = "not synchronised"
    case noHeader = "no such header"
    case itIsThere = "it is there"
    case more = "more; reading stopped there"
    case ended = "it ended {}"
    case begins = "it begins {}"
    case daysUntil = "{} days, until {}"
    case mebibytes = "{} of {} MiB"
    case noPacketLeft = "no packet left before the deadline"
    case lost = "{} of {} lost"
    case changes = "{} changes in {} s"
    case mostBySelf = "{} bytes at most, says this machine"
    case mostBy = "{} bytes at most, says {}"
    case mostInSilence = "{} bytes at most, larger ones vanish"
    case mostBytes = "{} bytes at most"
    case silentTargets = "{} targets are silent"
    case noSuchInterface = "no such interface"
    case noStatus = "no status"
    case variablesUpTo = "{} variables, up to {}"
    case noSystemGroup = "nothing of the system group may be read"
    case noSentSecret = "the collector sent no secret {}; `haidang secret set {}` sets it"
    case noneOf = "none of {}"
    case askedByAnother = "another check asks it just now"
    case refusedBefore = "refused {} minutes ago; tried again after an hour"
    case anotherDocument = "another document"
    case seriesCount = "{} series"
    case kissCode = "kiss code {}"
    case atStratum = "stratum {}"
    case anotherOne = "another one"
    case anotherQuestion = "an answer to another question"
    case noSerial = "no serial number"
    case otherTypes = "{} of other types"
    case none
    case nothingOfThatName = "nothing of that name"
    case noFolder = "no folder"
    case noRegularFile = "no regular file"
    case fileOfMode = "a file of mode {}"
    case belongsTo = "{} belongs to user {}"
    case hasMode = "{} has mode {}"
    case pluginsRun = "{} plug-ins run already"
    case bytesInAll = "{} bytes in all"
    case questionsHang = "earlier questions hang"
    case nothingOver = "a connection, and nothing over it"
    case keepAlives = "an answer to keep-alives only"
    case endOfConnection = "the end of the connection"
    case provisional = "provisional ones only"
    case noBinding = "no binding"
    case unknownMessage = "unknown message response"
    case unreachableGatekeeper = "release complete: unreachableGatekeeper"
    case nothingAsked = "nothing, asked {} times"
    case moreThanGreeting = "more than 16 KiB"
    case noSuchValue = "no such value"
    case anObject = "an object"
    case selfSigned = "the certificate is self-signed"
    case unknownIssuer = "the issuer is not known here; issued by {}"
    case untrustedEnd = "the chain ends in a self-signed certificate that is not trusted; issued by {}"
    case lastIssuedBy = "{} certificates, the last one issued by {}"
    case statusOfProxy = "HTTP {} from the proxy"

    /// The phrase that a text is, with its values; nil when it is none.
    package static func match(_ text: String) -> (phrase: KnownPhrase, values: [String])? {
        guard text.utf8.count <= 2000 else { return nil }
        for phrase in allCases {
            if let values = phrase.values(in: text) { return (phrase, values) }
        }
        return nil
    }

    private func values(in text: String) -> [String]? {
        let pieces = rawValue.split(separator: "{}", omittingEmptySubsequences: false)
        guard pieces.count > 1 else { return text == rawValue ? [] : nil }
        guard let first = pieces.first, text.hasPrefix(first) else { return nil }
        var rest = text.dropFirst(first.count)
        var values: [String] = []
        for (index, piece) in pieces.enumerated().dropFirst() {
            if index == pieces.count - 1 {
                guard rest.hasSuffix(piece), rest.count > piece.count else { return nil }
                values.append(String(rest.dropLast(piece.count)))
            } else {
                guard let range = rest.firstRange(of: piece), range.lowerBound > rest.startIndex else { return nil }
                values.append(String(rest[..<range.lowerBound]))
                rest = rest[range.upperBound...]
            }
        }
        return values
    }
}

extension Words {
    /// A text of a reason in this language where it is a phrase of ours; nil when it stands as it is.
    func said(_ text: String) -> String? {
        guard let (phrase, values) = KnownPhrase.match(text) else { return nil }
        let pieces = self.phrase(phrase).split(separator: "{}", omittingEmptySubsequences: false)
        return pieces.enumerated().reduce(into: "") { result, piece in
            if piece.offset > 0, values.indices.contains(piece.offset - 1) { result += values[piece.offset - 1] }
            result += piece.element
        }
    }
}
