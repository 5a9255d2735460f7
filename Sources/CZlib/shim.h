// zlib as installed (pkg-config zlib).
#include <zlib.h>
