#ifndef HAIDANG_CCURL_SHIM_H
#define HAIDANG_CCURL_SHIM_H

#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

/*
 * libcurl copies passwords and keys about and frees the copies as they are. Here nothing that it held outlives its use:
 * what is freed is overwritten first.
 */
static inline void haidang_curl_free(void *memory) {
    if (!memory) return;
    explicit_bzero(memory, malloc_usable_size(memory));
    free(memory);
}

static inline void *haidang_curl_realloc(void *memory, size_t size) {
    void *moved = malloc(size);
    if (!moved || !memory) return moved;
    size_t held = malloc_usable_size(memory);
    memcpy(moved, memory, held < size ? held : size);
    haidang_curl_free(memory);
    return moved;
}

static inline CURLcode haidang_curl_start(void) {
    return curl_global_init_mem(
        CURL_GLOBAL_DEFAULT, malloc, haidang_curl_free, haidang_curl_realloc, strdup, calloc);
}

/* Swift cannot call variadic C functions: one function for each type of argument that libcurl takes. */

static inline CURLcode haidang_curl_set_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode haidang_curl_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}

/* libcurl copies the text before the call returns. NULL restores "none". */
static inline CURLcode haidang_curl_set_text(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

/* Not copied: the pointer must live as long as the transfer. */
static inline CURLcode haidang_curl_set_pointer(CURL *easy, CURLoption option, void *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode haidang_curl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode haidang_curl_set_blob(CURL *easy, CURLoption option, const void *bytes, size_t count) {
    struct curl_blob blob = {(void *)bytes, count, CURL_BLOB_COPY};
    return curl_easy_setopt(easy, option, &blob);
}

/* The body of a request; libcurl copies it. */
static inline CURLcode haidang_curl_set_body(CURL *easy, const void *bytes, size_t count) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count);
    return code != CURLE_OK ? code : curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, count ? bytes : "");
}

/* CURLOPT_WRITEFUNCTION, CURLOPT_HEADERFUNCTION and CURLOPT_READFUNCTION share one shape. */
typedef size_t (*haidang_curl_bytes)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode haidang_curl_set_bytes(CURL *easy, CURLoption option, haidang_curl_bytes function) {
    return curl_easy_setopt(easy, option, function);
}

typedef curl_socket_t (*haidang_curl_socket)(void *context, curlsocktype purpose, struct curl_sockaddr *address);

static inline CURLcode haidang_curl_set_socket(CURL *easy, haidang_curl_socket function, void *context) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, function);
    return code != CURLE_OK ? code : curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, context);
}

/* Called when a TLS handshake is about to begin; the second argument is OpenSSL's SSL_CTX. */
typedef CURLcode (*haidang_curl_handshake)(CURL *easy, void *ssl, void *context);

static inline CURLcode haidang_curl_set_handshake(CURL *easy, haidang_curl_handshake function, void *context) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, function);
    return code != CURLE_OK ? code : curl_easy_setopt(easy, CURLOPT_SSL_CTX_DATA, context);
}

/* Told of all that is done, sent and received, in the clear. */
static inline CURLcode haidang_curl_set_debug(CURL *easy, curl_debug_callback function, void *context) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);
    if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, function);
    return code != CURLE_OK ? code : curl_easy_setopt(easy, CURLOPT_DEBUGDATA, context);
}

/* The socket of a connection that CURLOPT_CONNECT_ONLY left standing. */
static inline CURLcode haidang_curl_get_socket(CURL *easy, curl_socket_t *socket) {
    return curl_easy_getinfo(easy, CURLINFO_ACTIVESOCKET, socket);
}

static inline CURLMcode haidang_curl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

/* CURLMOPT_SOCKETFUNCTION and CURLMOPT_TIMERFUNCTION, with one context for both; NULL for none. */
typedef int (*haidang_curl_socket_wish)(CURL *easy, curl_socket_t socket, int what, void *context, void *known);
typedef int (*haidang_curl_timer_wish)(CURLM *multi, long milliseconds, void *context);

static inline void haidang_curl_multi_heed(
    CURLM *multi, haidang_curl_socket_wish sockets, haidang_curl_timer_wish timer, void *context) {
    curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, context);
    curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, sockets);
    curl_multi_setopt(multi, CURLMOPT_TIMERDATA, context);
    curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, timer);
}

static inline long haidang_curl_get_long(CURL *easy, CURLINFO info) {
    long value = 0;
    return curl_easy_getinfo(easy, info, &value) == CURLE_OK ? value : 0;
}

static inline curl_off_t haidang_curl_get_offset(CURL *easy, CURLINFO info) {
    curl_off_t value = 0;
    return curl_easy_getinfo(easy, info, &value) == CURLE_OK ? value : 0;
}

/* Casts that Swift does not see. */
static const long haidang_auth_basic = (long)CURLAUTH_BASIC;
static const long haidang_auth_digest = (long)CURLAUTH_DIGEST;

/* Owned by the easy handle; NULL when there is none. */
static inline const char *haidang_curl_get_text(CURL *easy, CURLINFO info) {
    const char *value = NULL;
    return curl_easy_getinfo(easy, info, &value) == CURLE_OK ? value : NULL;
}

static inline CURLcode haidang_curl_message_result(const CURLMsg *message) {
    return message->data.result;
}

#endif
