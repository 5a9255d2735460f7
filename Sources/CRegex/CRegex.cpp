#include "CRegex.h"

#include <new>
#include <re2/re2.h>

// RE2 throws nothing of its own; an allocation that fails ends the process, as it does in Swift.
struct cregex {
    re2::RE2 program;
    cregex(re2::StringPiece pattern, const re2::RE2::Options &options) : program(pattern, options) {}
};

static re2::StringPiece piece(const uint8_t *bytes, size_t length) {
    return re2::StringPiece(reinterpret_cast<const char *>(bytes), length);
}

cregex *cregex_compile(const uint8_t *pattern, size_t length, int64_t memory) {
    re2::RE2::Options options(re2::RE2::Quiet);
    options.set_max_mem(memory);
    // Nobody asks what a group matched, and without captures the quick automaton decides alone.
    options.set_never_capture(true);
    auto *compiled = new (std::nothrow) cregex(piece(pattern, length), options);
    if (compiled && !compiled->program.ok()) {
        delete compiled;
        return nullptr;
    }
    return compiled;
}

void cregex_free(cregex *pattern) { delete pattern; }

bool cregex_matches(const cregex *pattern, const uint8_t *text, size_t length, bool whole) {
    auto anchor = whole ? re2::RE2::ANCHOR_BOTH : re2::RE2::UNANCHORED;
    return pattern->program.Match(piece(text, length), 0, length, anchor, nullptr, 0);
}
