// libxml2 as installed (pkg-config libxml-2.0).
//
// Its headers would include those of ICU, which clash with the ICU that Foundation brings; nothing here needs them.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/xmlmemory.h>
#include <libxml/xmlreader.h>
#include <libxml/xmlwriter.h>

// `xmlFree` is a global variable that holds a function, which Swift 6 does not let anybody touch.
static inline void TBXMLFree(void *memory) {
    xmlFree(memory);
}

static inline void TBXMLSilent(void *context, const char *format, ...) {
    (void)context;
    (void)format;
}

// Keeps libxml2 from writing to standard error on this thread: it reports some faults before a reader's own options
// (XML_PARSE_NOERROR) are in force.
static inline void TBXMLBeSilent(void) {
    xmlSetGenericErrorFunc(NULL, TBXMLSilent);
}
