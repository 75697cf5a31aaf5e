#pragma once
#include <stddef.h>

/// One embedded file: its path under Sources/Assets, its bytes and their number.
struct meridian_asset {
    const char *path;
    const unsigned char *bytes;
    size_t length;
};

/// Every embedded file; the list ends with a null path.
extern const struct meridian_asset meridian_assets[];
