#pragma once
#include <stddef.h>

/// One embedded file: its path under Sources/Assets, its bytes and their number.
struct meridian_asset {
    const char *_Nonnull path;
    const unsigned char *_Nonnull bytes;
    size_t length;
};

/// The embedded file at a path such as "web/desk.css", or null. The stylesheet is the parts in `web/desk/` in a row.
const struct meridian_asset *_Nullable meridian_asset_find(const char *_Nonnull path);
