// What SIP OPTIONS over UDP costs at least: one socket, one thread, nothing but the protocol.
//
//   sip uas PORT             answers each request with 200, its Via, From, To, Call-ID and CSeq taken over
//   sip uac PORT COUNT WINDOW     COUNT requests, WINDOW of them on their way; prints JSON
//
// The client makes each request anew, under a branch and Call-ID of its own, and counts an answer only when its topmost
// Via bears the branch of a request that waits, its status is 200 and its CSeq is ours. Lost ones are sent again after
// 500 ms.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static double now(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static int open_socket(int port, int is_server) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int number = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), size = 4 << 20;
    setsockopt(number, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
    int code = is_server ? bind(number, (void *)&address, sizeof address)
                         : connect(number, (void *)&address, sizeof address);
    if (number < 0 || code != 0) {
        perror("socket");
        exit(1);
    }
    return number;
}

static void serve(int port) {
    int number = open_socket(port, 1);
    static char request[65536], answer[65536];
    static const char *const names[] = {"Via:", "From:", "To:", "Call-ID:", "CSeq:"};
    for (;;) {
        struct sockaddr_in peer;
        socklen_t length = sizeof peer;
        ssize_t count = recvfrom(number, request, sizeof request - 1, 0, (void *)&peer, &length);
        if (count <= 0) continue;
        request[count] = 0;
        char *end = stpcpy(answer, "SIP/2.0 200 OK\r\n");
        for (char *line = request, *next; (next = strstr(line, "\r\n")); line = next + 2) {
            for (int i = 0; i < 5; i++) {
                if (strncmp(line, names[i], strlen(names[i])) != 0) continue;
                end = mempcpy(end, line, next - line);
                if (i == 2) end = stpcpy(end, ";tag=1");
                end = stpcpy(end, "\r\n");
            }
        }
        end = stpcpy(end, "Server: limit/1.0\r\nAllow: INVITE, ACK, CANCEL, BYE, OPTIONS\r\nContent-Length: 0\r\n\r\n");
        sendto(number, answer, end - answer, 0, (void *)&peer, length);
    }
}

static struct wait {
    uint64_t branch;
    double sent;
    char text[1024];
    int length;
} *waits;

static void ask(int number, int local, int port, int slot) {
    struct wait *wait = &waits[slot];
    uint64_t dialog;
    if (getrandom(&wait->branch, 8, 0) != 8 || getrandom(&dialog, 8, 0) != 8) exit(1);
    wait->branch = wait->branch << 16 | slot;
    wait->length = snprintf(
        wait->text, sizeof wait->text,
        "OPTIONS sip:127.0.0.1:%d SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:%d;rport;branch=z9hG4bK%016lx\r\n"
        "Max-Forwards: 70\r\nFrom: <sip:limit@127.0.0.1>;tag=%08lx\r\nTo: <sip:127.0.0.1:%d>\r\n"
        "Call-ID: %016lx@127.0.0.1\r\nCSeq: 1 OPTIONS\r\nContact: <sip:limit@127.0.0.1:%d>\r\n"
        "Accept: application/sdp\r\nUser-Agent: limit\r\nContent-Length: 0\r\n\r\n",
        port, local, wait->branch, dialog & 0xffffffff, port, dialog, local);
    wait->sent = now(CLOCK_MONOTONIC);
    if (send(number, wait->text, wait->length, 0) < 0) perror("send");
}

/* The slot whose request this answers, or -1. */
static int slot_of(char *text) {
    char *via = strstr(text, "\r\nVia:"), *branch = via ? strstr(via, ";branch=z9hG4bK") : NULL;
    char *cseq = strstr(text, "\r\nCSeq: 1 OPTIONS\r\n");
    if (strncmp(text, "SIP/2.0 200 ", 12) != 0 || !branch || !cseq) return -1;
    uint64_t value = strtoull(branch + 15, NULL, 16);
    return waits[value & 0xffff].branch == value ? (int)(value & 0xffff) : -1;
}

static int call(int port, int count, int window) {
    int number = open_socket(port, 0), asked = 0, done = 0, again = 0;
    struct sockaddr_in address;
    socklen_t length = sizeof address;
    getsockname(number, (void *)&address, &length);
    int local = ntohs(address.sin_port);
    waits = calloc(65536, sizeof *waits);
    static char text[65536];
    double begin = now(CLOCK_MONOTONIC);
    for (; asked < window && asked < count; asked++) ask(number, local, port, asked);
    while (done < count) {
        struct pollfd wanted = {.fd = number, .events = POLLIN};
        ssize_t bytes = recv(number, text, sizeof text - 1, MSG_DONTWAIT);
        if (bytes < 0) {
            if (poll(&wanted, 1, 500) > 0) continue;
            for (int slot = 0; slot < window; slot++)
                if (waits[slot].branch && now(CLOCK_MONOTONIC) - waits[slot].sent > 0.5 && ++again)
                    send(number, waits[slot].text, waits[slot].length, 0);
            continue;
        }
        text[bytes] = 0;
        int slot = slot_of(text);
        if (slot < 0) continue;
        done++;
        waits[slot].branch = 0;
        if (asked < count && ++asked) ask(number, local, port, slot);
    }
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    double wall = now(CLOCK_MONOTONIC) - begin;
    printf(
        "{\"ok\": %d, \"again\": %d, \"perSecond\": %.0f, \"cpuMicroseconds\": %.3f, \"rssKiB\": %ld}\n", done, again,
        count / wall, now(CLOCK_PROCESS_CPUTIME_ID) / count * 1e6, usage.ru_maxrss);
    return 0;
}

int main(int argc, char **argv) {
    if (argc == 3 && strcmp(argv[1], "uas") == 0) serve(atoi(argv[2]));
    if (argc != 5 || atoi(argv[4]) < 1 || atoi(argv[4]) > 65536) return 2;
    return call(atoi(argv[2]), atoi(argv[3]), atoi(argv[4]));
}
