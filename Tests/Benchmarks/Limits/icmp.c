// How little an echo sweep can cost: one raw socket, 64 packets a call, kernel receive timestamps, every reply checked.
//
//   icmp ADDRESSES COUNT [WINDOW]     127.1.0.1 and on, COUNT packets each, at most WINDOW (256) unanswered
//
// Prints: sent, answered, median round trip in microseconds.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/ip.h>
#include <netinet/ip_icmp.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { BATCH = 64, PAYLOAD = 56, FIRST = 0x7f010001 };

struct request {
    struct icmphdr header;
    uint64_t nonce, number;
    uint8_t rest[PAYLOAD - 16];
};

struct reply {
    uint8_t bytes[256];
    uint8_t control[64];
    struct sockaddr_in from;
};

static int64_t clock_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static uint16_t checksum(const void *data, size_t size) {
    const uint8_t *bytes = data;
    uint32_t sum = 0;
    for (size_t i = 0; i + 1 < size; i += 2) sum += bytes[i] << 8 | bytes[i + 1];
    if (size & 1) sum += bytes[size - 1] << 8;
    while (sum >> 16) sum = (sum & 0xffff) + (sum >> 16);
    return htons(~sum);
}

static int by_value(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static int64_t stamp(struct msghdr *message) {
    for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c; c = CMSG_NXTHDR(message, c))
        if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_TIMESTAMPNS) {
            struct timespec t;
            memcpy(&t, CMSG_DATA(c), sizeof t);
            return t.tv_sec * 1000000000LL + t.tv_nsec;
        }
    return clock_now();
}

int main(int argc, char **argv) {
    if (argc < 3) return 2;
    const uint64_t addresses = strtoull(argv[1], 0, 10), total = addresses * strtoull(argv[2], 0, 10);
    const uint64_t window = argc > 3 ? strtoull(argv[3], 0, 10) : 256;
    int64_t *sent_at = calloc(total, sizeof *sent_at), *round_trips = calloc(total, sizeof *round_trips);
    struct request requests[BATCH];
    static struct reply replies[BATCH];
    struct sockaddr_in targets[BATCH];
    struct iovec out_parts[BATCH], in_parts[BATCH];
    struct mmsghdr out[BATCH], in[BATCH];
    memset(requests, 0, sizeof requests);
    memset(out, 0, sizeof out);
    memset(in, 0, sizeof in);

    const int s = socket(AF_INET, SOCK_RAW | SOCK_NONBLOCK, IPPROTO_ICMP);
    if (s < 0) return perror("socket"), 1;
    const int room = 4 << 20, one = 1;
    const uint32_t unwanted = ~(1u << ICMP_ECHOREPLY);
    setsockopt(s, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof room);
    setsockopt(s, SOL_SOCKET, SO_TIMESTAMPNS, &one, sizeof one);
    setsockopt(s, SOL_RAW, 1 /* ICMP_FILTER */, &unwanted, sizeof unwanted);
    uint64_t nonce;
    uint16_t identifier;
    if (getrandom(&nonce, sizeof nonce, 0) < 0 || getrandom(&identifier, sizeof identifier, 0) < 0) return 1;
    for (int i = 0; i < BATCH; i++) {
        requests[i].header.type = ICMP_ECHO;
        requests[i].header.un.echo.id = identifier;
        requests[i].nonce = nonce;
        targets[i].sin_family = AF_INET;
        out_parts[i] = (struct iovec){&requests[i], sizeof requests[i]};
        out[i].msg_hdr = (struct msghdr){
            .msg_name = &targets[i], .msg_namelen = sizeof targets[i], .msg_iov = &out_parts[i], .msg_iovlen = 1};
        in_parts[i] = (struct iovec){replies[i].bytes, sizeof replies[i].bytes};
    }

    uint64_t sent = 0, answered = 0;
    int64_t last = clock_now();
    while (answered < total && clock_now() - last < 1000000000LL) {
        while (sent < total && sent - answered < window) {
            int count = 0;
            for (; count < BATCH && sent + count < total && sent + count - answered < window; count++) {
                struct request *r = &requests[count];
                r->number = sent + count;
                r->header.un.echo.sequence = htons(r->number);
                r->header.checksum = 0;
                r->header.checksum = checksum(r, sizeof *r);
                targets[count].sin_addr.s_addr = htonl(FIRST + r->number % addresses);
            }
            const int64_t now = clock_now();
            const int left = sendmmsg(s, out, count, 0);
            if (left < 0) {
                if (errno == EAGAIN || errno == ENOBUFS) break;
                return perror("sendmmsg"), 1;
            }
            for (int i = 0; i < left; i++) sent_at[sent + i] = now;
            sent += left;
        }
        for (int i = 0; i < BATCH; i++)
            in[i].msg_hdr = (struct msghdr){
                .msg_name = &replies[i].from, .msg_namelen = sizeof replies[i].from, .msg_iov = &in_parts[i],
                .msg_iovlen = 1, .msg_control = replies[i].control, .msg_controllen = sizeof replies[i].control};
        const int came = recvmmsg(s, in, BATCH, 0, 0);
        if (came < 0) {
            struct pollfd wait = {s, POLLIN, 0};
            poll(&wait, 1, 100);
            continue;
        }
        last = clock_now();
        for (int i = 0; i < came; i++) {
            const size_t header = (replies[i].bytes[0] & 15) * 4;
            if (in[i].msg_len < header + sizeof(struct request)) continue;
            const struct request *r = (const void *)(replies[i].bytes + header);
            if (r->header.type != ICMP_ECHOREPLY || r->nonce != nonce || r->number >= sent) continue;
            if (checksum(r, sizeof *r) != 0 || round_trips[r->number]) continue;
            if (replies[i].from.sin_addr.s_addr != htonl(FIRST + r->number % addresses)) continue;
            const int64_t took = stamp(&in[i].msg_hdr) - sent_at[r->number];
            round_trips[r->number] = took > 0 ? took : 1;
            answered++;
        }
    }
    qsort(round_trips, total, sizeof *round_trips, by_value);
    printf("%lu sent, %lu answered, median %.1f us\n", sent, answered, round_trips[total / 2] / 1000.0);
    return answered == total ? 0 : 3;
}
