/// What the engine of alerts holds to, in the words in which it is promised; each is looked at after every step.
enum AlertRule: String, CaseIterable {
    case measuring = "messages are suppressed, never measuring"
    case resolving = "opening is suppressed, never resolving"
    case patience = "timers stand still while suppressed"
    case cause = "a parent that fails holds its children"
    case redundancy = "of a redundant group all must fail"
    case maintenance = "a parent in maintenance holds its children"
    case newerAnswer = "a child is released only by an answer newer than the parent's recovery"
    case likelihood = "a likelihood suppresses nothing"
    case recovery = "every recovery pairs with the message that was sent"
    case oneMessage = "one incident is one message, and late members join it"
    case unknown = "unknown is never down, and ends nothing"
    case acknowledgement = "who has it hears nothing before their time, and one reminder at its end"
    case overrun = "work that is not up at its end is asked for once"
    case folding = "what comes and goes is one alert"
    case reason = "each decision stores its reason"
    case ending = "an incident lives as long as its alerts"
}
