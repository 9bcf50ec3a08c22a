#pragma once

// What Linux offers and Swift's Glibc module leaves out.

#include <malloc.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

// GNU's, hidden without _GNU_SOURCE: the English words for an errno, safe from any thread, NULL for none.
extern const char *strerrordesc_np(int code);

// One heap for all threads, where glibc would give each its own, and what is free at its end goes back to the system.
// For a program that mostly waits; to be called before it starts threads.
static inline void linux_keep_heap_small(void) {
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_TRIM_THRESHOLD, 64 * 1024);
}

// Gives what is free in the heap's middle back to the system, too: after something large was read and let go.
static inline void linux_give_back_heap(void) {
    malloc_trim(0);
}

// What `top -H` shows for the calling thread, cut at 15 bytes. prctl is variadic, which Swift cannot call.
static inline int linux_name_thread(const char *name) {
    return prctl(PR_SET_NAME, name, 0, 0, 0);
}

extern long syscall(long number, ...);

// Lets two names change places in one step: renameat2(2) with AT_FDCWD and RENAME_EXCHANGE, hidden as well.
static inline int linux_exchange(const char *path, const char *other) {
    return (int)syscall(SYS_renameat2, -100, path, -100, other, 2);
}
