#ifndef CREGEX_H
#define CREGEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A compiled pattern. Matching does not change it, so threads may share one.
typedef struct cregex cregex;

/// Compiles a pattern in RE2's syntax (UTF-8); null when RE2 refuses it or it would need more than `memory` bytes.
cregex *_Nullable cregex_compile(const uint8_t *_Nullable pattern, size_t length, int64_t memory);

/// Frees a pattern.
void cregex_free(cregex *_Nonnull pattern);

/// Whether the whole text, or else any part of it, matches; time grows linearly with the text.
bool cregex_matches(const cregex *_Nonnull pattern, const uint8_t *_Nullable text, size_t length, bool whole);

#ifdef __cplusplus
}
#endif

#endif
