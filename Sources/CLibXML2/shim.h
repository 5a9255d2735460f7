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
