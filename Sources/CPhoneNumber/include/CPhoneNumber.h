#ifndef CPHONENUMBER_H
#define CPHONENUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Room for the longest E.164 number: a plus, fifteen digits, and some to spare.
enum { CPHONENUMBER_ROOM = 24 };

/// Whether libphonenumber has rules for a region, given as two letters and a zero byte: "RU".
bool cphonenumber_knows(const char *_Nonnull region);

/// Writes the E.164 form of a text (UTF-8) as it is dialled in a region; answers its length.
///
/// 0 when the text is no number, or none that is valid by the numbering plan. Any thread may call.
size_t cphonenumber_e164(
    const uint8_t *_Nullable text, size_t length, const char *_Nonnull region, uint8_t *_Nonnull room);

#ifdef __cplusplus
}
#endif

#endif
