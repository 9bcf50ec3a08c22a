#ifndef HAIDANG_COPENSSL_SHIM_H
#define HAIDANG_COPENSSL_SHIM_H

#define OPENSSL_API_COMPAT 0x30000000L
#define OPENSSL_NO_DEPRECATED

#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

/*
 * What Swift cannot import: variadic functions, macros, typed stacks, and structs whose fields are written.
 * As in libcrypto, 1 is success and 0 is failure with a reason in the error queue.
 */

static inline EVP_PKEY *haidang_generate_p256(void) { return EVP_EC_gen("P-256"); }

/* Whether a key is on the curve P-256, by its name. */
static inline int haidang_is_p256(const EVP_PKEY *key) {
    char name[32];
    size_t length = 0;
    if (EVP_PKEY_get_base_id(key) != EVP_PKEY_EC) return 0;
    if (EVP_PKEY_get_group_name(key, name, sizeof name, &length) != 1) return 0;
    return strcmp(name, "prime256v1") == 0 || strcmp(name, "P-256") == 0;
}

/* The private key of a PKCS #8 structure; `used` is how many bytes it took. */
static inline EVP_PKEY *haidang_read_pkcs8(const unsigned char *bytes, long count, long *used) {
    const unsigned char *cursor = bytes;
    PKCS8_PRIV_KEY_INFO *info = d2i_PKCS8_PRIV_KEY_INFO(NULL, &cursor, count);
    if (!info) return NULL;
    *used = cursor - bytes;
    EVP_PKEY *key = EVP_PKCS82PKEY(info);
    PKCS8_PRIV_KEY_INFO_free(info);
    return key;
}

/* The PKCS #8 bytes of a key, in a buffer to give to haidang_free_secret; a negative count is failure. */
static inline int haidang_write_pkcs8(const EVP_PKEY *key, unsigned char **bytes) {
    *bytes = NULL;
    PKCS8_PRIV_KEY_INFO *info = EVP_PKEY2PKCS8(key);
    if (!info) return -1;
    int count = i2d_PKCS8_PRIV_KEY_INFO(info, bytes);
    PKCS8_PRIV_KEY_INFO_free(info);
    return count;
}

static inline void haidang_free_secret(unsigned char *bytes, int count) {
    OPENSSL_clear_free(bytes, count > 0 ? (size_t)count : 0);
}

static inline void haidang_free(void *bytes) { OPENSSL_free(bytes); }

/* The bytes of a string as it stands in DER, without a terminating zero. */
static inline const unsigned char *haidang_string(const ASN1_STRING *string, int *count) {
    *count = ASN1_STRING_length(string);
    return ASN1_STRING_get0_data(string);
}

static inline int haidang_is_negative(const ASN1_INTEGER *number) {
    return ASN1_STRING_type(number) == V_ASN1_NEG_INTEGER;
}

/* Seconds since 1970-01-01T00:00:00Z. */
static inline int haidang_seconds(const ASN1_TIME *time, int64_t *seconds) {
    struct tm parts;
    if (!time || ASN1_TIME_to_tm(time, &parts) != 1) return 0;
    *seconds = (int64_t)timegm(&parts);
    return 1;
}

/* Names: alternative names of a certificate. */

static inline GENERAL_NAMES *haidang_new_names(void) { return sk_GENERAL_NAME_new_null(); }

static inline void haidang_free_names(GENERAL_NAMES *names) { GENERAL_NAMES_free(names); }

static inline int haidang_count_names(const GENERAL_NAMES *names) { return sk_GENERAL_NAME_num(names); }

/* The kind (GEN_DNS, GEN_URI, GEN_IPADD) and bytes of one name; another kind has no bytes. */
static inline int haidang_name(const GENERAL_NAMES *names, int index, const unsigned char **bytes, int *count) {
    const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, index);
    *bytes = NULL;
    *count = 0;
    if (!name) return -1;
    if (name->type == GEN_DNS || name->type == GEN_URI) *bytes = haidang_string(name->d.ia5, count);
    if (name->type == GEN_IPADD) *bytes = haidang_string(name->d.iPAddress, count);
    return name->type;
}

static inline int haidang_add_name(GENERAL_NAMES *names, int kind, const unsigned char *bytes, int count) {
    GENERAL_NAME *name = GENERAL_NAME_new();
    ASN1_STRING *value = kind == GEN_IPADD ? ASN1_OCTET_STRING_new() : ASN1_IA5STRING_new();
    if (name && value && ASN1_STRING_set(value, bytes, count) == 1) {
        GENERAL_NAME_set0_value(name, kind, value);
        if (sk_GENERAL_NAME_push(names, name) > 0) return 1;
        value = NULL; /* the name owns it now */
    }
    ASN1_STRING_free(value);
    GENERAL_NAME_free(name);
    return 0;
}

/* Extensions: RFC 5280, section 4.2.1. */

static inline int haidang_add_names(X509 *certificate, GENERAL_NAMES *names) {
    return X509_add1_ext_i2d(certificate, NID_subject_alt_name, names, 0, X509V3_ADD_APPEND);
}

/* `path_length` below zero: none is stated. */
static inline int haidang_add_basic_constraints(X509 *certificate, int is_authority, int path_length) {
    BASIC_CONSTRAINTS *constraints = BASIC_CONSTRAINTS_new();
    int done = 0;
    if (!constraints) return 0;
    constraints->ca = is_authority ? 0xff : 0;
    if (path_length >= 0) {
        constraints->pathlen = ASN1_INTEGER_new();
        if (!constraints->pathlen || ASN1_INTEGER_set(constraints->pathlen, path_length) != 1) goto end;
    }
    done = X509_add1_ext_i2d(certificate, NID_basic_constraints, constraints, 1, X509V3_ADD_APPEND);
end:
    BASIC_CONSTRAINTS_free(constraints);
    return done;
}

/* `usage` holds the bits as RFC 5280 numbers them: bit 0 is digitalSignature, 5 keyCertSign, 6 cRLSign. */
static inline int haidang_add_key_usage(X509 *certificate, unsigned usage) {
    ASN1_BIT_STRING *bits = ASN1_BIT_STRING_new();
    int done = 0;
    if (!bits) return 0;
    for (int bit = 0; bit < 9; bit++) {
        if ((usage >> bit & 1) && ASN1_BIT_STRING_set_bit(bits, bit, 1) != 1) goto end;
    }
    done = X509_add1_ext_i2d(certificate, NID_key_usage, bits, 1, X509V3_ADD_APPEND);
end:
    ASN1_BIT_STRING_free(bits);
    return done;
}

/* One extended usage: NID_server_auth or NID_client_auth. */
static inline int haidang_add_extended_usage(X509 *certificate, int usage) {
    EXTENDED_KEY_USAGE *usages = EXTENDED_KEY_USAGE_new();
    int done = 0;
    if (!usages) return 0;
    if (sk_ASN1_OBJECT_push(usages, OBJ_nid2obj(usage)) > 0) {
        done = X509_add1_ext_i2d(certificate, NID_ext_key_usage, usages, 0, X509V3_ADD_APPEND);
    }
    EXTENDED_KEY_USAGE_free(usages);
    return done;
}

/* RFC 7093, section 2, method 1: the leftmost 160 bits of the SHA-256 of the public key. */
static inline int haidang_add_subject_key_id(X509 *certificate) {
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    if (X509_pubkey_digest(certificate, EVP_sha256(), hash, &length) != 1 || length < 20) return 0;
    ASN1_OCTET_STRING *id = ASN1_OCTET_STRING_new();
    int done = id && ASN1_OCTET_STRING_set(id, hash, 20) == 1
        && X509_add1_ext_i2d(certificate, NID_subject_key_identifier, id, 0, X509V3_ADD_APPEND) == 1;
    ASN1_OCTET_STRING_free(id);
    return done;
}

/* The issuer's subject key id; an issuer without one is a failure. Not X509_get0_subject_key_id, which would first
 * take stock of a certificate that may be unfinished: its own, when it signs itself. */
static inline int haidang_add_authority_key_id(X509 *certificate, const X509 *issuer) {
    ASN1_OCTET_STRING *id = X509_get_ext_d2i(issuer, NID_subject_key_identifier, NULL, NULL);
    AUTHORITY_KEYID *keys = AUTHORITY_KEYID_new();
    int done = 0;
    if (id && keys) {
        keys->keyid = id;
        id = NULL;
        done = X509_add1_ext_i2d(certificate, NID_authority_key_identifier, keys, 0, X509V3_ADD_APPEND);
    }
    ASN1_OCTET_STRING_free(id);
    AUTHORITY_KEYID_free(keys);
    return done;
}

/* A positive serial number from big-endian bytes. */
static inline int haidang_set_serial(X509 *certificate, const unsigned char *bytes, int count) {
    BIGNUM *number = BN_bin2bn(bytes, count, NULL);
    int done = number && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != NULL;
    BN_free(number);
    return done;
}

static inline int haidang_set_validity(X509 *certificate, int64_t from, int64_t to) {
    return ASN1_TIME_set(X509_getm_notBefore(certificate), (time_t)from) != NULL
        && ASN1_TIME_set(X509_getm_notAfter(certificate), (time_t)to) != NULL;
}

/*
 * HMAC (RFC 2104) by what the key alone makes of a hash: `inner` and `outer`. libcrypto's own HMAC looks hash and MAC up
 * by their names and hashes the key anew in each call, which costs several times what a short message does.
 */
static inline int haidang_hmac_key(
    const EVP_MD *hash, const unsigned char *key, size_t key_length, EVP_MD_CTX *inner, EVP_MD_CTX *outer) {
    unsigned char block[256] = {0};
    int size = EVP_MD_get_block_size(hash);
    unsigned int used = 0;
    int done = 0;
    if (size <= 0 || (size_t)size > sizeof block) goto end;
    if (key_length > (size_t)size) {
        if (!EVP_DigestInit_ex2(inner, hash, NULL) || !EVP_DigestUpdate(inner, key, key_length)
            || !EVP_DigestFinal_ex(inner, block, &used))
            goto end;
    } else if (key_length > 0) {
        memcpy(block, key, key_length);
    }
    for (int i = 0; i < size; i++) block[i] ^= 0x36;
    if (!EVP_DigestInit_ex2(inner, hash, NULL) || !EVP_DigestUpdate(inner, block, size)) goto end;
    for (int i = 0; i < size; i++) block[i] ^= 0x36 ^ 0x5c;
    done = EVP_DigestInit_ex2(outer, hash, NULL) && EVP_DigestUpdate(outer, block, size);
end:
    OPENSSL_cleanse(block, sizeof block);
    return done;
}

/* The code of `count` bytes, of which `blank` from `from` on count as zeros; both lie within, and `blank` in 256. */
static inline int haidang_hmac(
    const EVP_MD_CTX *inner, const EVP_MD_CTX *outer, EVP_MD_CTX *work, const unsigned char *bytes, size_t count,
    size_t from, size_t blank, unsigned char *code, unsigned int *length) {
    static const unsigned char zeros[256];
    unsigned int used = 0;
    if (blank > sizeof zeros) return 0;
    return EVP_MD_CTX_copy_ex(work, inner) && EVP_DigestUpdate(work, bytes, from)
        && EVP_DigestUpdate(work, zeros, blank) && EVP_DigestUpdate(work, bytes + from + blank, count - from - blank)
        && EVP_DigestFinal_ex(work, code, &used) && EVP_MD_CTX_copy_ex(work, outer)
        && EVP_DigestUpdate(work, code, used) && EVP_DigestFinal_ex(work, code, length);
}

/* AES-256-GCM takes its tag through a control call of the context. */

static inline int haidang_get_tag(EVP_CIPHER_CTX *context, unsigned char *tag, int count) {
    return EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, count, tag);
}

static inline int haidang_set_tag(EVP_CIPHER_CTX *context, const unsigned char *tag, int count) {
    return EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, count, (void *)tag);
}

#endif
