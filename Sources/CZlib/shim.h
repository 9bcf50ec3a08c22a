#ifndef HAIDANG_CZLIB_SHIM_H
#define HAIDANG_CZLIB_SHIM_H

#include <zlib.h>

/* The init functions are macros. 15 + 16: the largest window, and the gzip wrapping only. */
static inline int haidang_deflate_init(z_stream *stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}

static inline int haidang_inflate_init(z_stream *stream) {
    return inflateInit2(stream, 15 + 16);
}

#endif
