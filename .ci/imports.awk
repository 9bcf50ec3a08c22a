# Holds every room's imports against .ci/rooms. Reads .ci/rooms, then the output of code.awk.

function refuse(rule, where, what) { print where ": " rule ": " what }
function has(list, word) { return index(" " list " ", " " word " ") > 0 }

# Why a room of this kind must never import the module, or nothing.
function never(kind, room, module) {
    if (kind != "collector" && kind != "program" &&
        module ~ /^(Foundation|NIO|Hummingbird|HTTPTypes|AsyncHTTPClient|GRDB|Yams|X509|Crypto|_Crypto|Mustache|Storage|API$|WebUI$|Intake$|Authority$)/)
        return "brings Foundation, an HTTP server or the collector into the agent"
    if (room == "Agent" && module ~ /^(Foundation|NIO|Hummingbird|GRDB|Yams|X509|Crypto)/)
        return "would make the agent large"
    if (kind == "pure" && (module ~ /^(Glibc|Musl|Dispatch)$/ || (module in Shim)))
        return "does I/O, and this room is pure"
    if (kind == "probe" && module ~ /Probe$/ && module != room)
        return "is another probe"
    return ""
}

# Sources/Room/…, Agents/Room/…, Probes/Name/Settings/…, Probes/Name/…
function room_of(path,   part) {
    split(path, part, "/")
    if (part[1] == "Probes") return part[2] (part[3] == "Settings" ? "Settings" : "Probe")
    return part[2]
}

FNR == NR {
    sub(/#.*/, "")
    if ($0 !~ /[^ \t]/) next
    colon = index($0, ":")
    split(substr($0, 1, colon - 1), word, " ")
    kind = word[1]; room = word[2]; list = substr($0, colon + 1)
    gsub(/[ \t]+/, " ", list); sub(/^ /, "", list); sub(/ $/, "", list)
    if (!colon || room == "" || kind !~ /^(pure|agent|probe|wrapper|collector|program|shim)$/) {
        refuse("rooms", FILENAME ":" FNR, "not of the form: kind room : imports"); next
    }
    if (kind == "shim") Shim[room] = list
    else { Kind[room] = kind; Allowed[room] = list }
    Line[room] = FILENAME ":" FNR
    next
}

{
    path = substr($0, 1, index($0, ":") - 1)
    rest = substr($0, length(path) + 2)
    line = substr(rest, 1, index(rest, ":") - 1)
    source = substr(rest, length(line) + 2)
    # More than one statement may stand on a line.
    count = split(source, statement, ";")
    for (i = 1; i <= count; i++) {
        code = statement[i]
        sub(/^[ \t]+/, "", code)
        while (sub(/^@[A-Za-z_]+(\([^)]*\))?[ \t]+/, "", code)) {}
        sub(/^(public|package|internal|fileprivate|private)[ \t]+/, "", code)
        room = room_of(path)
        Seen[room] = 1
        if (code !~ /^import[ \t]/) continue
        sub(/^import[ \t]+/, "", code)
        sub(/^(struct|class|enum|protocol|typealias|func|let|var)[ \t]+/, "", code)
        module = code
        sub(/[^A-Za-z0-9_].*/, "", module)
        check(room, module, path ":" line)
    }
}

function check(room, module, where,   kind, allowed, why) {
    if (module == "Swift" || module == "Synchronization") return
    # Looking up a key that is not there would make it.
    if (room in Kind) { kind = Kind[room]; allowed = Allowed[room] }
    if (path ~ /^Probes\//) {
        if (kind == "") kind = room ~ /Settings$/ ? "pure" : "probe"
        allowed = allowed " ProbeSettings Vocabulary"
        if (kind == "probe") allowed = allowed " Glibc ProbeKit " substr(room, 1, length(room) - 5) "Settings"
    }
    if (kind == "") return
    if ((why = never(kind, room, module)) != "") refuse("imports", where, room " must never import " module ": it " why)
    else if ((module in Shim) && !has(Shim[module], room)) refuse("shims", where, "only " Shim[module] " may import " module)
    else if (!has(allowed, module)) refuse("imports", where, room " may not import " module " (.ci/rooms)")
}

END {
    for (room in Seen) if (!(room in Kind) && room !~ /(Probe|Settings)$/) refuse("rooms", ".ci/rooms", room " has no line")
    for (room in Kind) if (!(room in Seen)) refuse("rooms", Line[room], "there is no room " room)
    for (room in Kind) {
        count = split(Allowed[room], word, " ")
        for (i = 1; i <= count; i++) if ((why = never(Kind[room], room, word[i])) != "")
            refuse("rooms", Line[room], room " must never import " word[i] ": it " why)
    }
    for (shim in Shim) {
        count = split(Shim[shim], word, " ")
        for (i = 1; i <= count; i++) if (!(word[i] in Seen)) refuse("rooms", Line[shim], "there is no room " word[i])
    }
}
