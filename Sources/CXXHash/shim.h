// libxxhash as installed (pkg-config libxxhash).
#include <xxhash.h>
