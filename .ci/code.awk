# Prints Swift files as path:line:code, without comments and without what stands between quotes (code inside an
# interpolation stays). So a rule about code is not broken by a sentence about it.

function push(mode, hashes, multi) { depth++; Mode[depth] = mode; Hashes[depth] = hashes; Multi[depth] = multi; Parens[depth] = 0 }
function pop() { if (depth > 0) depth-- }
function sharps(count,   run) { run = ""; while (count-- > 0) run = run "#"; return run }

# Takes `rest`, which is code, up to the next change of mode; returns what is left.
function code(rest,   at, c, run) {
    at = depth > 0 ? match(rest, PARENS) : match(rest, PLAIN)
    if (!at) { out = out rest; return "" }
    out = out substr(rest, 1, at - 1)
    c = substr(rest, at, 1)
    rest = substr(rest, at)
    if (c == "/") {
        if (substr(rest, 2, 1) == "/") return ""
        if (substr(rest, 2, 1) == "*") { push("comment"); return substr(rest, 3) }
    } else if (c == "(") {
        Parens[depth]++
    } else if (c == ")") {
        if (Mode[depth] == "code" && Parens[depth] == 0) { pop(); return substr(rest, 2) }
        Parens[depth]--
    } else {
        match(rest, /^#*/)
        run = RLENGTH
        if (substr(rest, run + 1, 3) == "\"\"\"") { out = out "\"\""; push("text", run, 1); return substr(rest, run + 4) }
        if (substr(rest, run + 1, 1) == "\"") { out = out "\"\""; push("text", run, 0); return substr(rest, run + 2) }
        if (run > 1) { out = out substr(rest, 1, run); return substr(rest, run + 1) }
    }
    out = out c
    return substr(rest, 2)
}

function text(rest,   hashes, close_) {
    if (!match(rest, TEXT)) return ""
    rest = substr(rest, RSTART)
    hashes = sharps(Hashes[depth])
    if (substr(rest, 1, 1) == "\\") {
        if (substr(rest, 2, length(hashes)) != hashes) return substr(rest, 2)
        rest = substr(rest, 2 + length(hashes))
        if (substr(rest, 1, 1) == "(") { out = out " "; push("code"); return substr(rest, 2) }
        return substr(rest, 2)
    }
    close_ = (Multi[depth] ? "\"\"\"" : "\"") hashes
    if (substr(rest, 1, length(close_)) == close_) { pop(); return substr(rest, length(close_) + 1) }
    return substr(rest, 2)
}

function comment(rest) {
    if (!match(rest, /\*\/|\/\*/)) return ""
    if (substr(rest, RSTART, 1) == "*") pop(); else push("comment")
    return substr(rest, RSTART + 2)
}

BEGIN { PLAIN = "[\"#/]"; PARENS = "[\"#/()]"; TEXT = "[\"\\\\]" }
FNR == 1 { depth = 0; Mode[0] = "code" }
{
    out = ""
    rest = $0
    if (depth == 0 && rest !~ /["\/]/) {
        out = rest
    } else {
        while (rest != "") {
            if (Mode[depth] == "code") rest = code(rest)
            else if (Mode[depth] == "text") rest = text(rest)
            else rest = comment(rest)
        }
        # A text of one line ends with it, whatever stood in it (a regular expression may hold a single quote).
        while (depth > 0 && Mode[depth] == "text" && !Multi[depth]) pop()
    }
    if (out ~ /[^ \t]/) print FILENAME ":" FNR ":" out
}
