#ifndef HAIDANG_CSSL_SHIM_H
#define HAIDANG_CSSL_SHIM_H

#define OPENSSL_API_COMPAT 0x30000000L
#define OPENSSL_NO_DEPRECATED

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

/* What Swift cannot import: macros, typed stacks, and a callback that finds its handshake again. */

enum { haidang_most_faults = 16 };

/* What the check of a chain found, in the order in which it was found. */
struct haidang_faults {
    int count;
    int codes[haidang_most_faults];
    int depths[haidang_most_faults];
};

/* Notes each fault and goes on: one handshake shows all that is wrong, and the certificates themselves. */
static inline int haidang_note_fault(int is_well, X509_STORE_CTX *check) {
    if (is_well) return 1;
    SSL *ssl = X509_STORE_CTX_get_ex_data(check, SSL_get_ex_data_X509_STORE_CTX_idx());
    struct haidang_faults *faults = ssl ? SSL_get_app_data(ssl) : NULL;
    if (faults && faults->count < haidang_most_faults) {
        faults->codes[faults->count] = X509_STORE_CTX_get_error(check);
        faults->depths[faults->count] = X509_STORE_CTX_get_error_depth(check);
        faults->count++;
    }
    return 1;
}

/* Whatever version and cipher a server still has: what is too old for us is then said of it. */
static inline SSL_CTX *haidang_new_client(void) {
    SSL_CTX *client = SSL_CTX_new(TLS_client_method());
    if (!client) return NULL;
    SSL_CTX_set_session_cache_mode(client, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_options(client, SSL_OP_NO_TICKET | SSL_OP_LEGACY_SERVER_CONNECT);
    SSL_CTX_set_verify(client, SSL_VERIFY_PEER, haidang_note_fault);
    if (SSL_CTX_set_min_proto_version(client, TLS1_VERSION) == 1
        && SSL_CTX_set_cipher_list(client, "ALL:!aNULL:!eNULL:@SECLEVEL=0") == 1) return client;
    SSL_CTX_free(client);
    return NULL;
}

/* A handshake whose bytes go through memory; the faults belong to the caller and outlive it. */
static inline SSL *haidang_new_handshake(SSL_CTX *client, struct haidang_faults *faults, BIO **in, BIO **out) {
    SSL *ssl = SSL_new(client);
    *in = BIO_new(BIO_s_mem());
    *out = BIO_new(BIO_s_mem());
    if (!ssl || !*in || !*out) {
        SSL_free(ssl);
        BIO_free(*in);
        BIO_free(*out);
        return NULL;
    }
    SSL_set_app_data(ssl, faults);
    SSL_set_bio(ssl, *in, *out);
    SSL_set_connect_state(ssl);
    return ssl;
}

/* Sent as the name that is meant (RFC 6066, section 3). */
static inline int haidang_name_server(SSL *ssl, const char *name) { return (int)SSL_set_tlsext_host_name(ssl, name); }

/* The certificates that the server sent, its own first; NULL beyond the last. */
static inline X509 *haidang_sent_certificate(const SSL *ssl, int index) {
    STACK_OF(X509) *chain = SSL_get_peer_cert_chain(ssl);
    return chain && index < sk_X509_num(chain) ? sk_X509_value(chain, index) : NULL;
}

/*
 * A certificate that is looked at in somebody else's handshake hangs on the SSL_CTX of that connection, under an index of
 * its own, and ends with it. Not on the X509_STORE: connections may share that.
 */

static inline void haidang_drop_shown(
    void *owner, void *certificate, CRYPTO_EX_DATA *data, int index, long number, void *pointer) {
    X509_free(certificate);
}

/* To be asked for once in a program; negative when there is no memory. */
static inline int haidang_index_of_shown(void) {
    return SSL_CTX_get_ex_new_index(0, NULL, NULL, NULL, haidang_drop_shown);
}

/* In place of X509_verify_cert: keeps the certificate, then leaves the verdict to it. */
static inline int haidang_keep_shown(X509_STORE_CTX *check, void *index) {
    SSL *ssl = X509_STORE_CTX_get_ex_data(check, SSL_get_ex_data_X509_STORE_CTX_idx());
    X509 *certificate = X509_STORE_CTX_get0_cert(check);
    SSL_CTX *context = ssl ? SSL_get_SSL_CTX(ssl) : NULL;
    if (context && certificate && X509_up_ref(certificate) == 1) {
        X509_free(SSL_CTX_get_ex_data(context, (int)(intptr_t)index));
        if (SSL_CTX_set_ex_data(context, (int)(intptr_t)index, certificate) != 1) X509_free(certificate);
    }
    return X509_verify_cert(check);
}

static inline void haidang_show_certificate(SSL_CTX *context, int index) {
    SSL_CTX_set_cert_verify_callback(context, haidang_keep_shown, (void *)(intptr_t)index);
}

static inline X509 *haidang_shown_certificate(const SSL_CTX *context, int index) {
    return SSL_CTX_get_ex_data(context, index);
}

/* Seconds since 1970-01-01T00:00:00Z. */
static inline int haidang_moment(const ASN1_TIME *time, int64_t *seconds) {
    struct tm parts;
    if (!time || ASN1_TIME_to_tm(time, &parts) != 1) return 0;
    *seconds = (int64_t)timegm(&parts);
    return 1;
}

/* A name on one line, in UTF-8, in a buffer to give to haidang_free_text; NULL when there is no memory. */
static inline char *haidang_name_text(const X509_NAME *name) {
    BIO *sink = BIO_new(BIO_s_mem());
    char *bytes = NULL, *text = NULL;
    if (!sink) return NULL;
    if (X509_NAME_print_ex(sink, name, 0, XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB) >= 0) {
        long count = BIO_get_mem_data(sink, &bytes);
        text = OPENSSL_strndup(bytes ? bytes : "", count > 0 ? (size_t)count : 0);
    }
    BIO_free(sink);
    return text;
}

static inline void haidang_free_text(void *text) { OPENSSL_free(text); }

/* Alternative names (RFC 5280, section 4.2.1.6). */

static inline GENERAL_NAMES *haidang_names(X509 *certificate) {
    return X509_get_ext_d2i(certificate, NID_subject_alt_name, NULL, NULL);
}

static inline int haidang_count_of_names(const GENERAL_NAMES *names) { return sk_GENERAL_NAME_num(names); }

/* The kind (GEN_DNS, GEN_IPADD) and bytes of one name; another kind has no bytes. */
static inline int haidang_name_at(const GENERAL_NAMES *names, int index, const unsigned char **bytes, int *count) {
    const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, index);
    const ASN1_STRING *value = NULL;
    *bytes = NULL;
    *count = 0;
    if (!name) return -1;
    if (name->type == GEN_DNS) value = name->d.dNSName;
    if (name->type == GEN_IPADD) value = name->d.iPAddress;
    if (value) {
        *bytes = ASN1_STRING_get0_data(value);
        *count = ASN1_STRING_length(value);
    }
    return name->type;
}

static inline void haidang_free_names_of(GENERAL_NAMES *names) { GENERAL_NAMES_free(names); }

#endif
