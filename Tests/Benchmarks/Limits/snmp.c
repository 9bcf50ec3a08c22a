// How little a walk of many devices can cost: one UDP socket, GETBULK of 25, every variable decoded, compared and kept.
//
//   snmp DEVICES WINDOW PORT ROOT…     127.9.0.1 and on, community public, WINDOW devices at a time; roots as 1.3.6…
//
// An answer counts from whom it was asked of, under the number of the question, by the kernel's time of arrival; variables
// are taken in ascending order only. Prints: variables, requests, mean round trip in microseconds.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
enum { BATCH = 32, ARCS = 128, FIRST = 0x7f090001, MOST = 20000 };
typedef struct { uint32_t arcs[ARCS]; int count; } oid; // Nothing is freed: it all ends with the program.
typedef struct { uint32_t *arcs; int count; uint8_t tag; uint64_t number; uint8_t *octets; } variable;
typedef struct { int root; oid after; uint32_t number; struct timespec sent; variable *kept; uint32_t count; } device;
typedef struct { const uint8_t *at, *end; } reader;
static device *devices;
static oid roots[16];
static int root_count, port, s, bad;
static uint64_t requests;
static int64_t nanoseconds(const struct timespec *t) { return t->tv_sec * 1000000000LL + t->tv_nsec; }

// Goes past the head of an element; its contents.
static reader enter(reader *r, int wanted, uint8_t *tag) {
    reader none = {0, 0};
    if (r->end - r->at < 2 || (wanted && *r->at != wanted)) return bad = 1, none;
    *tag = *r->at;
    size_t length = r->at[1];
    r->at += 2;
    int bytes = length & 0x80 ? length & 0x7f : 0;
    if (bytes > 4 || r->end - r->at < bytes) return bad = 1, none;
    for (length = bytes ? 0 : length; bytes--;) length = length << 8 | *r->at++;
    if ((size_t)(r->end - r->at) < length) return bad = 1, none;
    reader inner = {r->at, r->at + length};
    r->at += length;
    return inner;
}

static uint64_t number(reader r) {
    uint64_t n = r.at < r.end && *r.at & 0x80 ? ~0ull : 0;
    for (; r.at < r.end; r.at++) n = n << 8 | *r.at;
    return n;
}

static int decode(reader r, uint32_t *arcs) {
    int count = 0;
    while (r.at < r.end && count < ARCS - 1) {
        uint32_t arc = 0;
        do arc = arc << 7 | (*r.at & 0x7f);
        while (*r.at++ & 0x80 && r.at < r.end);
        if (count == 0) arcs[count++] = arc / 40, arc %= 40;
        arcs[count++] = arc;
    }
    return count;
}

static int after(const uint32_t *a, int an, const uint32_t *b, int bn) { // a comes after b
    for (int i = 0; i < an && i < bn; i++)
        if (a[i] != b[i]) return a[i] > b[i];
    return an > bn;
}

static void ask(uint32_t index) {
    device *d = &devices[index];
    uint8_t name[ARCS * 5], message[1024];
    int length = 0;
    name[length++] = d->after.arcs[0] * 40 + d->after.arcs[1];
    for (int i = 2; i < d->after.count; i++)
        for (int shift = 28; shift >= 0; shift -= 7)
            if (shift == 0 || d->after.arcs[i] >> shift) name[length++] = (d->after.arcs[i] >> shift & 0x7f) | (shift ? 0x80 : 0);
    d->number++;
    const uint32_t id = index << 12 | (d->number & 0xfff);
    const uint8_t head[] = {0x30, 33 + length, 2, 1, 1, 4, 6, 'p', 'u', 'b', 'l', 'i', 'c', 0xa5, 20 + length, 2, 4,
        id >> 24, id >> 16, id >> 8, id, 2, 1, 0, 2, 1, 25, 0x30, 6 + length, 0x30, 4 + length, 6, length};
    memcpy(message, head, sizeof head);
    memcpy(message + sizeof head, name, length);
    memcpy(message + sizeof head + length, "\5", 2);
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(FIRST + index)};
    clock_gettime(CLOCK_REALTIME, &d->sent);
    requests++;
    if (sendto(s, message, sizeof head + length + 2, 0, (void *)&to, sizeof to) < 0) perror("sendto");
}

// Takes an answer; whether the device has been read whole.
static int take(device *d, reader list) {
    uint8_t tag;
    while (list.at < list.end && d->count < MOST) {
        reader pair = enter(&list, 0x30, &tag), name = enter(&pair, 6, &tag), value = enter(&pair, 0, &tag);
        uint32_t arcs[ARCS];
        const int count = bad ? 0 : decode(name, arcs);
        if (bad || tag == 0x82 || !after(arcs, count, d->after.arcs, d->after.count)) return 1;
        if (count < roots[d->root].count || memcmp(arcs, roots[d->root].arcs, roots[d->root].count * 4)) {
            if (++d->root < root_count) d->after = roots[d->root];
            return d->root == root_count;
        }
        variable *v = &d->kept[d->count++];
        *v = (variable){malloc(count * 4), count, tag, tag == 4 ? 0 : number(value), 0};
        memcpy(v->arcs, arcs, count * 4);
        if (tag == 4) memcpy(v->octets = malloc(value.end - value.at + 1), value.at, value.end - value.at);
        memcpy(d->after.arcs, arcs, count * 4), d->after.count = count;
    }
    return d->count >= MOST;
}

int main(int argc, char **argv) {
    const uint32_t count = atoi(argv[1]), window = atoi(argv[2]);
    for (port = atoi(argv[3]); root_count < argc - 4 && root_count < 16; root_count++)
        for (char *p = argv[4 + root_count]; *p; p += *p == '.') roots[root_count].arcs[roots[root_count].count++] = strtoul(p, &p, 10);
    devices = calloc(count, sizeof *devices);
    s = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    setsockopt(s, SOL_SOCKET, SO_RCVBUFFORCE, &(int){4 << 20}, sizeof(int));
    setsockopt(s, SOL_SOCKET, SO_TIMESTAMPNS, &(int){1}, sizeof(int));
    uint32_t begun = 0, done = 0;
    uint64_t variables = 0, answers = 0, total = 0;
    static uint8_t bytes[BATCH][65536], control[BATCH][64];
    while (done < count) {
        for (; begun < count && begun - done < window; ask(begun++))
            devices[begun].after = roots[0], devices[begun].kept = malloc(MOST * sizeof(variable));
        if (poll(&(struct pollfd){s, POLLIN, 0}, 1, 2000) < 1) return 3;
        struct sockaddr_in from[BATCH];
        struct iovec parts[BATCH];
        struct mmsghdr in[BATCH];
        for (int i = 0; i < BATCH; i++) {
            parts[i] = (struct iovec){bytes[i], sizeof bytes[i]};
            in[i].msg_hdr = (struct msghdr){&from[i], sizeof from[i], &parts[i], 1, control[i], sizeof control[i], 0};
        }
        const int came = recvmmsg(s, in, BATCH, 0, 0);
        for (int i = 0; i < came; i++) {
            uint8_t tag;
            reader all = {bytes[i], bytes[i] + in[i].msg_len}, message = (bad = 0, enter(&all, 0x30, &tag));
            enter(&message, 2, &tag), enter(&message, 4, &tag);
            reader pdu = enter(&message, 0xa2, &tag);
            const uint64_t id = number(enter(&pdu, 2, &tag)), index = id >> 12;
            if (bad || index >= begun || ntohl(from[i].sin_addr.s_addr) != FIRST + index) continue;
            device *d = &devices[index];
            if ((d->number & 0xfff) != (id & 0xfff) || number(enter(&pdu, 2, &tag))) continue;
            enter(&pdu, 2, &tag);
            const struct timespec *t = (void *)CMSG_DATA(CMSG_FIRSTHDR(&in[i].msg_hdr));
            total += nanoseconds(t) - nanoseconds(&d->sent), answers++;
            if (take(d, enter(&pdu, 0x30, &tag))) variables += d->count, done++, d->number++;
            else ask(index);
        }
    }
    printf("%lu variables, %lu requests, mean %.1f us\n", variables, requests, total / 1000.0 / answers);
    return 0;
}
