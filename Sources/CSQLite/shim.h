#ifndef HAIDANG_CSQLITE_SHIM_H
#define HAIDANG_CSQLITE_SHIM_H

#include <sqlite3.h>

/* SQLITE_TRANSIENT is a cast of -1 that Swift cannot import: sqlite copies the bytes before the call returns. */
static inline int haidang_bind_text(sqlite3_stmt *statement, int index, const char *bytes, int count) {
    /* An empty string may have no address of its own: it must not become NULL. */
    return sqlite3_bind_text(statement, index, bytes ? bytes : "", count, SQLITE_TRANSIENT);
}

static inline int haidang_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, int count) {
    return count == 0 ? sqlite3_bind_zeroblob(statement, index, 0)
                      : sqlite3_bind_blob(statement, index, bytes, count, SQLITE_TRANSIENT);
}

#endif
