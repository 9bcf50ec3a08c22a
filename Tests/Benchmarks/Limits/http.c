// How little a web check over a fresh connection can cost: libcurl's multi handle under epoll, one thread, nothing else.
//
//   http URL COUNT [WINDOW [CAFILE]]     COUNT requests, WINDOW (64) on their way; https is verified against CAFILE
//
// Each request has an easy handle and a connection of its own, with the options that the probe sets; of its answer the
// status is looked at, the body thrown away, of a certificate what libcurl tells of it. Prints: how many answers were
// 200. Linked with -lcurl.
#define _GNU_SOURCE
#include <curl/curl.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>

enum { BATCH = 64, PATIENCE = 5000 };

static CURLM *multi;
static struct curl_slist *headers;
static const char *url, *authorities;
static int watch;
static int64_t moment = -1; // Of libcurl's timer, in milliseconds; -1: none.
static long good, bad;

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}

static size_t discard(char *bytes, size_t size, size_t count, void *context) {
    (void)bytes, (void)context;
    return size * count;
}

static int heed_timer(CURLM *of, long milliseconds, void *context) {
    (void)of, (void)context;
    moment = milliseconds < 0 ? -1 : now() + milliseconds;
    return 0;
}

static int heed_socket(CURL *easy, curl_socket_t socket, int what, void *context, void *known) {
    (void)easy, (void)context;
    if (what == CURL_POLL_REMOVE) return epoll_ctl(watch, EPOLL_CTL_DEL, socket, NULL), 0;
    struct epoll_event event = {.data.fd = socket};
    if (what & CURL_POLL_IN) event.events |= EPOLLIN;
    if (what & CURL_POLL_OUT) event.events |= EPOLLOUT;
    if (epoll_ctl(watch, known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, socket, &event) != 0) perror("epoll_ctl");
    if (!known) curl_multi_assign(multi, socket, &watch);
    return 0;
}

static void begin(void) {
    CURL *easy = curl_easy_init();
    if (!easy) exit(1);
    curl_easy_setopt(easy, CURLOPT_URL, url);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, discard);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)PATIENCE);
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
    curl_easy_setopt(easy, CURLOPT_DNS_CACHE_TIMEOUT, 0L);
    curl_easy_setopt(easy, CURLOPT_SSL_SESSIONID_CACHE, 0L);
    curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
    if (authorities) curl_easy_setopt(easy, CURLOPT_CAINFO, authorities);
    curl_easy_setopt(easy, CURLOPT_CA_CACHE_TIMEOUT, 3600L);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    if (curl_multi_add_handle(multi, easy) != CURLM_OK) exit(1);
}

static void end(CURL *easy, CURLcode code) {
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    if (code == CURLE_OK && status == 200)
        good++;
    else if (bad++ == 0)
        fprintf(stderr, "status %ld, %s\n", status, curl_easy_strerror(code));
    curl_multi_remove_handle(multi, easy);
    curl_easy_cleanup(easy);
}

int main(int argc, char **argv) {
    if (argc < 3 || argc > 5) return 2;
    const long count = atol(argv[2]), window = argc > 3 ? atol(argv[3]) : 64;
    url = argv[1];
    authorities = argc > 4 ? argv[4] : NULL;
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK || !(multi = curl_multi_init())) return 1;
    headers = curl_slist_append(NULL, "User-Agent: limit");
    watch = epoll_create1(EPOLL_CLOEXEC);
    curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, heed_socket);
    curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, heed_timer);

    long begun = 0;
    int running;
    struct epoll_event events[BATCH];
    while (good + bad < count) {
        for (; begun < count && begun - good - bad < window; begun++) begin();
        const int64_t left = moment < 0 ? 1000 : moment - now();
        const int came = epoll_wait(watch, events, BATCH, left < 0 ? 0 : (int)left);
        if (came < 0 && errno != EINTR) return perror("epoll_wait"), 1;
        for (int i = 0; i < came; i++) {
            int what = events[i].events & EPOLLIN ? CURL_CSELECT_IN : 0;
            if (events[i].events & EPOLLOUT) what |= CURL_CSELECT_OUT;
            if (events[i].events & (EPOLLERR | EPOLLHUP)) what |= CURL_CSELECT_ERR;
            curl_multi_socket_action(multi, events[i].data.fd, what, &running);
        }
        if (moment >= 0 && now() >= moment) {
            moment = -1;
            curl_multi_socket_action(multi, CURL_SOCKET_TIMEOUT, 0, &running);
        }
        CURLMsg *message;
        for (int rest; (message = curl_multi_info_read(multi, &rest));)
            if (message->msg == CURLMSG_DONE) end(message->easy_handle, message->data.result);
    }
    printf("%ld of %ld answered 200\n", good, count);
    return bad ? 3 : 0;
}
