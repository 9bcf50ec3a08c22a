#pragma once

// What Linux offers and Swift's Glibc module leaves out.

#include <linux/filter.h>
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

// One of several messages that go or come in one call: struct mmsghdr of 64-bit machines, GNU's and hidden as well.
struct linux_message {
    void *name;
    unsigned int name_length;
    void *parts;
    unsigned long part_count;
    void *control;
    unsigned long control_length;
    int flags;
    int unused;
    unsigned int length;
};

// How many of them were sent, or -1 with the error of the first: sendmmsg(2) with MSG_DONTWAIT.
static inline int linux_send_messages(int descriptor, struct linux_message *messages, unsigned int count) {
    return (int)syscall(SYS_sendmmsg, descriptor, messages, count, 0x40);
}

// How many of them were filled, or -1: recvmmsg(2) with MSG_DONTWAIT, and MSG_TRUNC so that `length` is the whole one.
static inline int linux_receive_messages(
    int descriptor, struct linux_message *messages, unsigned int count, int flags) {
    return (int)syscall(SYS_recvmmsg, descriptor, messages, count, flags | 0x40 | 0x20, (void *)0);
}

extern int setsockopt(int descriptor, int level, int option, const void *value, unsigned int length);

// Lets a raw ICMP or ICMPv6 socket take, of echo replies, only those with this identifier, so that others who ping from
// this machine do not wake it; what is no echo reply passes. `header`: 1 where packets come with their IPv4 header.
static inline int linux_keep_own_echo_replies(int descriptor, int header, unsigned char reply, unsigned short identifier) {
    struct sock_filter program[] = {
        // X: the length of the IPv4 header, or 0.
        {BPF_LDX | (header ? BPF_B | BPF_MSH : BPF_W | BPF_IMM), 0, 0, 0},
        {BPF_LD | BPF_B | BPF_IND, 0, 0, 0},
        {BPF_JMP | BPF_JEQ | BPF_K, 0, 2, reply},
        {BPF_LD | BPF_H | BPF_IND, 0, 0, 4},
        {BPF_JMP | BPF_JEQ | BPF_K, 0, 1, identifier},
        {BPF_RET | BPF_K, 0, 0, 0xffffffff},
        {BPF_RET | BPF_K, 0, 0, 0},
    };
    struct sock_fprog whole = {sizeof program / sizeof program[0], program};
    return setsockopt(descriptor, 1, 26, &whole, sizeof whole);  // SOL_SOCKET, SO_ATTACH_FILTER
}
