// libFuzzer as a library: the toolchain links it by -sanitize=fuzzer and brings no header for it.
#ifndef HAIDANG_FUZZER_H
#define HAIDANG_FUZZER_H

#include <stddef.h>
#include <stdint.h>

// Runs until an option of libFuzzer ends it. -1 from the callback keeps an input out of the corpus.
int LLVMFuzzerRunDriver(int *count, char ***arguments, int (*callback)(const uint8_t *bytes, size_t size));

#endif
