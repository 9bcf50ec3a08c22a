/* Kills the process it is loaded into (LD_PRELOAD) before or after one commit or one word to a receiver of messages.

   The file that FAULT_PLAN names is mapped and shared with the case, which counts in it and aims while the program runs.
   A commit is the frame that ends a transaction in a write-ahead log: before it is written the transaction is lost, and
   once it lies there it will be found. SIGKILL to oneself never returns, so nothing later happens. */

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

enum { RECEIVERS = 2 };
enum kind { COMMIT = 1, CONNECT, SEND, ANSWER };
enum side { BEFORE = 1, AFTER };

/* The case writes and reads the same 32-bit words in this order. */
struct plan {
    uint32_t ports[RECEIVERS];
    uint32_t kind, receiver, number, side;
    _Atomic uint32_t hit;
    _Atomic uint32_t commits, connects[RECEIVERS], sends[RECEIVERS], answers[RECEIVERS];
};

static struct plan *plan;
static _Atomic int open_commit;

__attribute__((constructor)) static void map_plan(void) {
    const char *path = getenv("FAULT_PLAN");
    int file = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    void *mapped = file < 0 ? MAP_FAILED : mmap(NULL, sizeof *plan, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (mapped == MAP_FAILED) {
        fprintf(stderr, "fault: FAULT_PLAN cannot be mapped\n");
        _exit(70);
    }
    plan = mapped;
    close(file);
}

static void die_if(enum kind kind, uint32_t receiver, uint32_t number, enum side side) {
    if (!plan || plan->kind != kind || plan->receiver != receiver || plan->number != number || plan->side != side)
        return;
    uint32_t no = 0;
    if (atomic_compare_exchange_strong(&plan->hit, &no, 1)) kill(getpid(), SIGKILL);
}

/* Which of the case's receivers an address is; -1 for anybody else. */
static int receiver_at(const struct sockaddr *address) {
    if (!plan || !address || address->sa_family != AF_INET) return -1;
    uint32_t port = ntohs(((const struct sockaddr_in *)address)->sin_port);
    for (int each = 0; each < RECEIVERS; each++)
        if (plan->ports[each] == port) return each;
    return -1;
}

static int receiver_of(int socket) {
    struct sockaddr_storage peer;
    socklen_t length = sizeof peer;
    if (getpeername(socket, (struct sockaddr *)&peer, &length) != 0) return -1;
    return receiver_at((struct sockaddr *)&peer);
}

static int is_log(int file) {
    char name[32], path[4096];
    snprintf(name, sizeof name, "/proc/self/fd/%d", file);
    ssize_t length = readlink(name, path, sizeof path);
    return length > 4 && memcmp(path + length - 4, "-wal", 4) == 0;
}

/* A frame's header is 24 bytes; in the one that ends a transaction the second word is not nought. */
static int ends_transaction(int file, const void *bytes, size_t count) {
    static const uint8_t nought[4];
    return count == 24 && memcmp((const uint8_t *)bytes + 4, nought, 4) != 0 && is_log(file);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset) {
    static __typeof__(&pwrite64) real;
    if (!real) real = REAL(pwrite64);
    if (ends_transaction(file, bytes, count)) {
        die_if(COMMIT, 0, atomic_fetch_add(&plan->commits, 1) + 1, BEFORE);
        open_commit = 1;
    }
    return real(file, bytes, count, offset);
}

/* Every commit waits for the disk: synchronous is FULL. */
int fdatasync(int file) {
    static __typeof__(&fdatasync) real;
    if (!real) real = REAL(fdatasync);
    int answer = real(file);
    if (open_commit && is_log(file)) {
        open_commit = 0;
        die_if(COMMIT, 0, plan->commits, AFTER);
    }
    return answer;
}

int connect(int socket, const struct sockaddr *address, socklen_t length) {
    static __typeof__(&connect) real;
    if (!real) real = REAL(connect);
    int receiver = receiver_at(address);
    if (receiver >= 0) die_if(CONNECT, receiver, atomic_fetch_add(&plan->connects[receiver], 1) + 1, BEFORE);
    return real(socket, address, length);
}

ssize_t send(int socket, const void *bytes, size_t count, int flags) {
    static __typeof__(&send) real;
    if (!real) real = REAL(send);
    int receiver = receiver_of(socket);
    uint32_t number = receiver < 0 ? 0 : atomic_fetch_add(&plan->sends[receiver], 1) + 1;
    if (receiver >= 0) die_if(SEND, receiver, number, BEFORE);
    ssize_t sent = real(socket, bytes, count, flags);
    if (receiver >= 0 && sent > 0) die_if(SEND, receiver, number, AFTER);
    return sent;
}

ssize_t recv(int socket, void *bytes, size_t count, int flags) {
    static __typeof__(&recv) real;
    if (!real) real = REAL(recv);
    ssize_t got = real(socket, bytes, count, flags);
    int receiver = got > 0 && !(flags & MSG_PEEK) ? receiver_of(socket) : -1;
    if (receiver >= 0) die_if(ANSWER, receiver, atomic_fetch_add(&plan->answers[receiver], 1) + 1, AFTER);
    return got;
}
